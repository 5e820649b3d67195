//! The embedded sample: one invented story, told by invented outlets.

/// The name of an article of the sample, and its text.
macro_rules! article {
    ($name:literal) => {
        ($name, include_str!(concat!("sample/", $name)))
    };
}

static SAMPLE: &[(&str, &str)] = &[
    article!("northern-ledger/2026-02-11-ferry-link-restored.txt"),
    article!("northern-ledger/2026-02-14-four-nights-on-skellan.txt"),
    article!("scraped/coast-wire-islanders-never-in-danger.txt"),
    article!("scraped/daily-klaxon_2026-02-12_bread-ration-island.txt"),
    article!("scraped/harbour-dispatch-council-to-review-breakwater.txt"),
    article!("scraped/skerries_gazette_20260208_ferry_cancelled.txt"),
    article!("scraped/skimful_20260212_doctor-says-island-was-lucky.txt"),
    article!("unsorted/coastwire-live-2026-02-11.txt"),
    article!("unsorted/page-0417.txt"),
];

/// The articles of the sample: name and canonical text, in the order of their names.
#[must_use]
pub fn sample() -> &'static [(&'static str, &'static str)] {
    SAMPLE
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::corpus::{Article, BlockKind};

    fn articles() -> impl Iterator<Item = Article> {
        sample().iter().map(|(name, text)| Article::from_text(name, (*text).to_owned(), "UTF-8"))
    }

    /// The names of the text files under `folder`, from `root`.
    fn files(root: &Path, folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(root, &path, found);
            } else if path.extension().is_some_and(|extension| extension == "txt") {
                let name = path.strip_prefix(root).unwrap();
                found.push(name.to_str().unwrap().replace('\\', "/"));
            }
        }
    }

    #[test]
    fn every_file_is_embedded_in_order() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/corpus/sample");
        let mut found = Vec::new();
        files(&root, &root, &mut found);
        found.sort();
        let names: Vec<&str> = sample().iter().map(|(name, _)| *name).collect();
        assert_eq!(names, found);
    }

    #[test]
    fn outlets_writers_and_days_are_found() {
        let known: Vec<String> = articles()
            .map(|article| {
                let data = article.metadata;
                let day = data.published.map(|day| day.to_string()).unwrap_or_default();
                let [outlet, byline] = [data.outlet, data.byline].map(Option::unwrap_or_default);
                format!("{outlet} | {byline} | {day}")
            })
            .collect();
        let expected = [
            "The Northern Ledger | Ines Marlow | 2026-02-11",
            "The Northern Ledger | Ines Marlow | 2026-02-14",
            "Coast Wire | Orla Pettigrove | ",
            "Daily Klaxon |  | ",
            "Harbour Dispatch | Rufus Quillfeather | 2026-03-02",
            "SKERRIES GAZETTE | Dot Hargrave | 2026-02-08",
            " |  | ",
            "Coast Wire | Orla Pettigrove and Jem Tolland | ",
            " |  | ",
        ];
        assert_eq!(known, expected);
    }

    #[test]
    fn pictures_headings_and_furniture_are_told_from_the_report() {
        use BlockKind::{Caption, Chrome, Dek, Heading, Title};
        let counts: Vec<[usize; 6]> = articles()
            .map(|article| {
                let of = |kind| article.blocks.iter().filter(|block| block.kind == kind).count();
                [of(Title), of(Dek), of(Heading), of(Caption), of(Chrome), article.parts.len()]
            })
            .collect();
        let expected = [
            [1, 1, 1, 2, 5, 1],
            [1, 1, 2, 1, 0, 1],
            [1, 0, 0, 2, 12, 1],
            [1, 0, 0, 0, 5, 1],
            [1, 1, 0, 6, 1, 1],
            [1, 0, 1, 0, 0, 1],
            [4, 1, 0, 2, 6, 4],
            [1, 1, 24, 1, 1, 1],
            [0, 0, 0, 0, 0, 1],
        ];
        assert_eq!(counts, expected);
    }
}
