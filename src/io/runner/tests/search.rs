//! Searching the library.

use super::*;
use crate::io::analysis::seam::STONE;

/// An article with the hits that are kept of it, and how many there are.
type Sought = (u32, Vec<String>, usize);

/// What comes of a search, put together, how many articles were searched, and what was wrong.
fn sought(bench: &Bench) -> (Vec<Sought>, usize, Option<String>) {
    let (mut groups, mut searched) = (Vec::new(), 0);
    loop {
        let Outcome::Sought(findings) = bench.hear() else { continue };
        let words = |hit: &crate::app::Hit| hit.mark.of(&hit.line).to_owned();
        groups.extend(findings.groups.iter().map(|group| {
            (group.article.0, group.hits.iter().map(words).collect::<Vec<_>>(), group.count)
        }));
        searched += findings.searched;
        if findings.ended {
            return (groups, searched, findings.problem);
        }
    }
}

fn search(generation: u64, typed: &str, expression: bool, articles: &[u32]) -> Effect {
    let manner = crate::search::Manner { word: false, expression };
    let articles = articles.iter().copied().map(ArticleId).collect();
    Effect::Search { generation, typed: typed.to_owned(), manner, articles, decided: Vec::new() }
}

#[test]
fn a_search_looks_into_files_in_the_order_asked_for() {
    let mut bench = Bench::with_articles();
    bench.walk();
    bench.run(search(1, "a", false, &[1, 0, 7]));
    let a = |count| vec!["a".to_owned(); count];
    let (groups, searched, problem) = sought(&bench);
    assert_eq!(groups, [(1, a(2), 2), (0, a(3), 3)]);
    assert_eq!((searched, problem), (3, None));
    bench.run(search(2, "a(", true, &[0]));
    let problem = sought(&bench).2;
    assert_eq!(problem.as_deref(), Some("the expression a(: unclosed group"));
}

#[test]
fn an_article_that_a_search_falls_over_is_named_and_the_others_are_searched() {
    let mut bench = Bench::with_articles();
    let said = |who: &str| format!("Title\n\n“It lay there,” said {who}.\n");
    let [stone, other] = [STONE, ""].map(|more| said(&format!("Ann Lee {more}")));
    fs::write(bench.folder.path().join("articles/s.txt"), stone).unwrap();
    fs::write(bench.folder.path().join("articles/t.txt"), other).unwrap();
    bench.walk();
    bench.run(search(1, "speaker:lee", false, &[2, 3]));
    let Outcome::Problem(problem) = bench.hear() else { panic!("it is said") };
    assert!(problem.starts_with("s.txt: could not be searched: a fault of ours"), "{problem}");
    let (groups, searched, _) = sought(&bench);
    assert_eq!((groups.len(), groups[0].0, searched), (1, 3, 2));
}

#[test]
fn a_search_takes_filters_for_seen_to_but_for_the_speaker() {
    let mut bench = Bench::on(tempfile::tempdir().unwrap(), Vec::new());
    bench.walk();
    let all: Vec<u32> = (0..9).collect();
    bench.run(search(1, "harbour is:read date:1999", false, &all));
    assert_eq!(sought(&bench).0.len(), 9);
    bench.run(search(2, "every crate of bread speaker:ekdahl", false, &all));
    let said = sought(&bench).0;
    bench.run(search(3, "every crate of bread", false, &all));
    let written = sought(&bench).0;
    assert!(!said.is_empty() && said.len() < written.len(), "{said:?} {written:?}");
}

#[test]
fn a_search_keeps_so_many_hits_and_counts_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    fs::create_dir(&articles).unwrap();
    for number in 0..60 {
        fs::write(articles.join(format!("{number:02}.txt")), "ferry ".repeat(150)).unwrap();
    }
    let mut bench = Bench::on(folder, vec![articles]);
    bench.walk();
    let all: Vec<u32> = (0..60).collect();
    bench.run(search(1, "ferry", false, &all[..58]));
    bench.run(search(1, "ferry", false, &all[58..]));
    let (mut groups, ..) = sought(&bench);
    groups.extend(sought(&bench).0);
    assert_eq!(groups.iter().map(|(_, _, count)| count).sum::<usize>(), 60 * 150);
    assert!(groups.iter().all(|(_, hits, _)| hits.len() <= 100));
    assert_eq!(groups.iter().map(|(_, hits, _)| hits.len()).sum::<usize>(), 5_000);
}
