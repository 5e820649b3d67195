//! Settings, keys and themes, from whoever wrote them: every problem has its line, and what is printed
//! is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote::config::{Config, Keys, Settings, Theme};

fuzz_target!(|text: &str| {
    let lines = u32::try_from(text.lines().count()).unwrap_or(u32::MAX);
    let config = Config::parse(text, "config.toml");
    let (theme, wrong) = Theme::parse(text, "theme.toml");
    for problem in config.problems.iter().chain(&wrong) {
        assert!(problem.line >= 1 && problem.line <= lines + 1, "{problem}");
    }
    let _ = theme.name();
    let again = Settings::parse(&config.settings.to_toml(), "printed");
    assert_eq!(again, (config.settings, Vec::new()));
    for context in config.keymap.contexts() {
        for binding in config.keymap.bindings(context) {
            let keys = binding.keys.to_string();
            assert_eq!(keys.parse::<Keys>().as_ref(), Ok(&binding.keys), "{keys}");
        }
    }
});
