//! Opening articles.

use super::*;
use crate::app::Told;
use crate::io::analysis::seam::{GATE, STONE, SWAMP};

#[test]
fn an_article_that_changed_opens_as_it_is_and_one_that_is_gone_says_so() {
    let mut bench = Bench::with_articles();
    bench.walk();
    let articles = bench.folder.path().join("articles");
    fs::write(articles.join("a.txt"), "Ferry\n\nIt never sailed.\n").unwrap();
    fs::remove_file(articles.join("b.txt")).unwrap();
    bench.run(Effect::Read { article: ArticleId(0), generation: 1 });
    let Outcome::Opened { text, .. } = bench.hear() else { panic!("it opens") };
    assert!(text.text.contains("never sailed"));
    let Outcome::Surveyed(now) = bench.hear() else { panic!("what it is now is told") };
    assert_eq!(now.described[0].1.chars, text.scalars.len());
    assert!(matches!(bench.hear(), Outcome::Judged { .. }));
    bench.run(Effect::Read { article: ArticleId(1), generation: 2 });
    let Outcome::NotOpened { problem, .. } = bench.hear() else { panic!("it does not open") };
    assert!(problem.contains("b.txt: no such file"), "{problem}");
    // What is noted from now on is on the text as it is now.
    bench.save(3, 0, "Oh.");
    assert!(matches!(bench.hear(), Outcome::Saved { ticket: 3 }));
    let store = bench.folder.path().join("data/annotations");
    let file = fs::read_dir(&store).unwrap().next().unwrap().unwrap().path();
    let hash = crate::note::sha256("Ferry\n\nIt never sailed.\n");
    assert!(fs::read_to_string(file).unwrap().contains(&hash));
}

#[test]
fn an_article_that_we_fall_over_is_read_as_text_and_the_rest_goes_on() {
    let mut bench = Bench::with_articles();
    let stone = format!("Stone\n\n“It lay {STONE},” he said.\n");
    fs::write(bench.folder.path().join("articles/s.txt"), &stone).unwrap();
    let (found, problems) = bench.walk();
    assert_eq!((found.len(), found[2].entry.quotations), (3, Some(0)));
    assert_eq!(problems.len(), 1, "{problems:?}");
    bench.run(Effect::Read { article: ArticleId(2), generation: 1 });
    let Outcome::Opened { text, quotations, .. } = bench.hear() else { panic!("it opens") };
    assert_eq!((&*text.text, quotations.len()), (stone.as_str(), 0));
    let Outcome::Problem(problem) = bench.hear() else { panic!("it is said") };
    assert!(problem.contains("s.txt: no quotation could be looked for: a fault of ours"));
    assert!(matches!(bench.hear(), Outcome::Judged { .. }));
    bench.run(Effect::Read { article: ArticleId(0), generation: 2 });
    assert!(matches!(bench.hear(), Outcome::Opened { .. }));
}

#[test]
fn an_article_that_takes_long_holds_nobody_up() {
    let mut bench = Bench::with_articles();
    let swamp = format!("Swamp\n\n“It lay {SWAMP},” he said.\n");
    fs::write(bench.folder.path().join("articles/s.txt"), swamp).unwrap();
    bench.walk();
    let gate = GATE.lock().unwrap();
    bench.run(Effect::Read { article: ArticleId(2), generation: 1 });
    assert!(matches!(bench.hear(), Outcome::Opened { generation: 1, .. }));
    bench.run(Effect::Read { article: ArticleId(0), generation: 2 });
    assert!(matches!(bench.hear(), Outcome::Opened { article: ArticleId(0), generation: 2, .. }));
    assert!(matches!(bench.hear(), Outcome::Judged { generation: 2, .. }));
    drop(gate);
    // And is not heard of any more.
    bench.run(Effect::Read { article: ArticleId(1), generation: 3 });
    assert!(matches!(bench.hear(), Outcome::Opened { generation: 3, .. }));
}

#[test]
fn a_large_text_is_shown_before_it_is_known_who_speaks_in_it() {
    let mut bench = Bench::with_articles();
    let late = "The ferry was late, and nobody knew why that was so.\n\n".repeat(10_000);
    let large = format!("Ferry\n\n“We sailed,” said Ann Holt.\n\n{late}");
    fs::write(bench.folder.path().join("articles/a.txt"), large).unwrap();
    bench.walk();
    bench.run(Effect::Read { article: ArticleId(0), generation: 4 });
    let Outcome::Long { told, generation: 4, .. } = bench.hear() else { panic!("it begins") };
    let Told::Begun(start) = *told else { panic!("with its start") };
    assert!(start.text.starts_with("Ferry\n") && start.text.len() < 100_000);
    let Outcome::Opened { quotations, .. } = bench.hear() else { panic!("it opens") };
    assert!(quotations.is_empty());
    assert!(matches!(bench.hear(), Outcome::Judging { article: ArticleId(0) }));
    let Outcome::Judged { quotations, names, generation: 4, .. } = bench.hear() else {
        panic!("it is judged")
    };
    assert_eq!(quotations.len(), 1);
    assert_eq!(&*names, ["Ann Holt"]);
}

#[test]
fn it_is_said_of_an_article_with_too_many_marks_from_where_on_nobody_is_named() {
    let mut bench = Bench::with_articles();
    let marks = "\"".repeat(600_000);
    let text = format!("Marks\n\n“It is so,” said Ann Holt.\n\n{marks}\n\n“No,” said Ann Holt.\n");
    fs::write(bench.folder.path().join("articles/a.txt"), &text).unwrap();
    bench.walk();
    bench.run(Effect::Read { article: ArticleId(0), generation: 4 });
    let problem = loop {
        match bench.hear() {
            Outcome::Problem(problem) => break problem,
            Outcome::Judged { .. } => panic!("it is said before"),
            _ => {}
        }
    };
    let from = text.find('\n').unwrap() + "\n\n“It is so,” said Ann Holt.\n\n".chars().count();
    assert!(problem.ends_with(&format!("not known from character {from} on")), "{problem}");
    let Outcome::Judged { quotations, .. } = bench.hear() else { panic!("it is judged") };
    assert_eq!(quotations.len(), 1);
}

#[test]
fn what_was_made_ready_opens_at_once_and_again_where_its_file_has_changed() {
    let mut bench = Bench::with_articles();
    bench.walk();
    let make_ready = |bench: &mut Bench, article| {
        bench.run(Effect::Foresee(article));
        let next = &bench.runner.next;
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(30) {
            if let Some(ready) = next.take(article) {
                return drop(next.replace(Some(ready)));
            }
            thread::sleep(Duration::from_millis(1));
        }
        panic!("it is never ready");
    };
    let (one, other) = (ArticleId(0), ArticleId(1));
    make_ready(&mut bench, one);
    let known = bench.known(Effect::Read { article: one, generation: 1 });
    assert!(matches!(&known[..], [Outcome::Opened { generation: 1, .. }]), "{known:?}");
    make_ready(&mut bench, other);
    let file = bench.folder.path().join("articles/b.txt");
    fs::write(file, "Ferry\n\nIt never sailed.\n").unwrap();
    let known = bench.known(Effect::Read { article: other, generation: 2 });
    assert!(matches!(&known[..], [Outcome::Opened { generation: 2, .. }]), "{known:?}");
    // Of the first nothing more was said.
    assert!(matches!(bench.hear(), Outcome::Outdated { generation: 2, .. }));
}
