//! What the reader shows: key scripts on the embedded sample, and the screens that come of them.

mod stage;

use stage::Stage;

#[test]
fn it_opens() {
    for (columns, rows) in [(80, 24), (40, 12), (120, 30), (200, 60)] {
        let mut stage = Stage::new(columns, rows);
        println!("{}", stage.letters());
    }
}
