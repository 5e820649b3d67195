//! What is known of single words: one table from a word's key to its traits.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::BitOr;
use std::sync::LazyLock;

use super::letter::{Key, key};
use super::{given, place, title};

/// What is known of a word, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Traits(u32);

impl Traits {
    /// Nothing.
    pub(super) const NONE: Self = Self(0);
    /// A given name of men.
    pub(super) const MAN: Self = Self(1);
    /// A given name of women.
    pub(super) const WOMAN: Self = Self(1 << 1);
    /// A given name of either.
    pub(super) const GIVEN: Self = Self(1 << 2);
    /// A title of a man.
    pub(super) const HIS_TITLE: Self = Self(1 << 3);
    /// A title of a woman.
    pub(super) const HER_TITLE: Self = Self(1 << 4);
    /// A title before a given name.
    pub(super) const KNIGHT: Self = Self(1 << 5);
    /// A polite title.
    pub(super) const HONORIFIC: Self = Self(1 << 6);
    /// An office, capitalised before a name.
    pub(super) const OFFICE: Self = Self(1 << 7);
    /// A word before an office.
    pub(super) const QUALIFIER: Self = Self(1 << 8);
    /// A role.
    pub(super) const ROLE: Self = Self(1 << 9);
    /// A role of a man.
    pub(super) const HIS_ROLE: Self = Self(1 << 10);
    /// A role of a woman.
    pub(super) const HER_ROLE: Self = Self(1 << 11);
    /// A place, or who is of it.
    pub(super) const PLACE: Self = Self(1 << 12);
    /// The first half of a place's name.
    pub(super) const HALF: Self = Self(1 << 13);
    /// A word that no name begins with, capitalised though it is at the head of a sentence.
    pub(super) const STARTER: Self = Self(1 << 14);
    /// A day or month.
    pub(super) const DAY: Self = Self(1 << 15);
    /// The last word of an organisation's name.
    pub(super) const BODY: Self = Self(1 << 16);
    /// A small word within a name.
    pub(super) const PARTICLE: Self = Self(1 << 17);
    /// What may follow a family name.
    pub(super) const SUFFIX: Self = Self(1 << 18);
    /// A preposition or conjunction.
    pub(super) const LINK: Self = Self(1 << 19);
    /// A word with which what qualifies a noun begins.
    pub(super) const CUT: Self = Self(1 << 20);
    /// A word before a noun.
    pub(super) const DETERMINER: Self = Self(1 << 21);
    /// A head of something, by several names.
    pub(super) const CHIEF: Self = Self(1 << 22);
    /// A word of telling.
    pub(super) const TELLS: Self = Self(1 << 23);
    /// A form of to be, to have or another auxiliary.
    pub(super) const AUXILIARY: Self = Self(1 << 24);

    /// People of one kind.
    pub(super) const GROUP: Self = Self(1 << 25);
    /// The last word of the name of a paper or a broadcaster.
    pub(super) const MEDIA: Self = Self(1 << 26);
    /// A word for one of those.
    pub(super) const PAPER: Self = Self(1 << 27);
    /// A word before a role without which it is another role.
    pub(super) const OTHERWISE: Self = Self(1 << 28);
    /// An office that one person holds at a time.
    pub(super) const UNIQUE: Self = Self(1 << 29);

    /// A title that a full stop shortens.
    pub(super) const SHORT: Self = Self(1 << 30);
    /// A title that is a family name as well.
    pub(super) const NAMESAKE: Self = Self(1 << 31);

    /// Whether any of `other` holds.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Traits {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

const STARTERS: &str = "a about above according across add added adding after again against ago ahead all almost along already
also although always amid among an and another any anyone anything are around as aside ask asked asking at back be because
been before behind being below beside besides between beyond both but by call called calling can certainly citing clearly
come could currently day despite did do does during each earlier either else enough even eventually ever every everybody
everyone everything except few finally first following for former fortunately four frankly from further get getting given
giving go going good had half has have having he hello help her here hers herself hi him himself his how however i if in
including indeed initially inside instead is it its itself just last lately later less let like likewise long look looking
made make making many may maybe me meanwhile might mine more moreover most mostly much must my myself near nearly neither
never nevertheless next no nobody none nonetheless nor not nothing now obviously of off often oh ok okay on once one only
onto or other others otherwise our ours out outside over overall own part perhaps please plus previously put quite rather
read really recently referring regarding right said same saying says second see seeing several shall she should similarly
simply since six so some somebody someone something sometimes soon speaking still such sure surely take taking ten than
thank thanks that the their theirs them then there thereafter therefore these they think third this those though three
through throughout thus to today together told tomorrow tonight too toward towards two typically ultimately under
unfortunately unless unlike until up upon us used using usually very want was watch we well were what whatever when whenever
where whereas wherever whether which while who whoever whom whose why will with within without wow would write writing yeah
yes yesterday yet you your yours yourself asked pressed when exactly absolutely let's it's that's he's she's they're we're
i'm i've i'll i'd you're you've you'd you'll we've we'd they've they'd they'll he'd he'll she'd she'll it'll it'd don't didn't
doesn't can't won't isn't aren't wasn't weren't wouldn't couldn't shouldn't hasn't haven't there's what's here's who's photo image video click sign advertisement";

const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january february march
april june july august september october november december jan feb aug sept oct nov dec christmas easter thanksgiving";

const BODIES: &str = "academy administration affairs agency airlines alliance archives army assembly association authority bank
board broadcasting brothers bureau business cabinet capital caucus center centre chamber channel church city club coalition
college commission committee commons companies company conference congress constitution convention corp corporation council
county court daily dispatch department district division embassy enterprises exchange express federation film films force
forces forum foundation front fund gazette globe government group guard guardian herald holdings hospital hotel house inc
industries initiative institute institution international journal justice kingdom law league library lords llc ltd magazine
media ministry monitor movement museum nation nations navy network news newspaper office organization organisation pac parliament
parties party patrol pentagon plan police post press project radio report republic research review road school schools senate
service services society square states street studies supreme survey system team television telegraph times today tower
treasury tribune trust union university village watch week white world zone kremlin act amendment award awards avenue hill
beach park river airport islands island valley county bay caucuses primary debate campaign inquirer register sentinel star
examiner chronicle observer record sun independent mirror mail economist reuters bloomberg politico newsmax facebook twitter
google youtube instagram netflix snapchat gop congress latino hispanic muslim christian jewish catholic islamic evangelical democratic
republican democrat gop tea internet islam obamacare medicare
medicaid constitution bible god heaven watergate brexit convention hall stadium arena memorial war treaty accord deal
strip arts humanities";

const GROUPS: &str = "democrats republicans tories muslims christians jews catholics americans hispanics latinos evangelicals
conservatives liberals libertarians progressives voters protesters officials lawmakers critics supporters aides advisers
students women men people reporters police residents experts delegates senators leaders sources opponents allies activists
veterans whites blacks";

const MEDIA: &str = "times post journal news herald tribune globe gazette chronicle examiner telegraph guardian mirror mail
sun star independent observer press network reuters bloomberg politico newsmax economist magazine review register inquirer
cnn msnbc fox abc cbs nbc bbc npr ap afp pbs";

const PAPERS: &str =
    "paper newspaper magazine network outlet channel broadcaster publication website site";

const PARTICLES: &str =
    "de van von der den del della di da dos du la le el al bin ibn ben ter ten bint abu y e zu st";
const SUFFIXES: &str = "jr sr ii iii iv junior senior";
const LINKS: &str = "of in for and or to at on from with by about against than between into over under as but after before
during through like versus vs via near among beside behind without toward towards including";
const CUTS: &str = "of for who whose which that from at in on with to as about during near by after before under over
among against between into through where when whom amid";
const DETERMINERS: &str = "the a an this that these those his her their its our my your one two three four five several some
many most both all another each every any no";
const TELLING: &str = "said says say saying told tells tell added adds asked asks wrote writes tweeted tweets replied noted
notes argued argues explained explains continued insisted insists warned warns declared announced stated states claimed claims
responded concluded called calls recalled joked quipped remarked suggested admitted acknowledged complained predicted described
describes praised criticized criticised accused blasted mocked urged vowed pledged promised testified thinks believes believed
thought boasted cautioned contended countered conceded lamented maintained mused observed pointed reiterated repeated stressed
emphasized shot went began";
const AUXILIARIES: &str = "is was has had will would could can may might should did does do are were have must also then never
later once again himself herself";

type Table = HashMap<Key, Traits, BuildHasherDefault<Same>>;

/// Passes a key on as it is: the table's words are ours, so that nobody can make them collide.
#[derive(Default)]
struct Same(u64);

impl Hasher for Same {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for (words, traits) in [
        (given::MEN, Traits::MAN),
        (given::WOMEN, Traits::WOMAN),
        (given::EITHER, Traits::GIVEN),
        (title::OF_MEN, Traits::HIS_TITLE),
        (title::OF_WOMEN, Traits::HER_TITLE),
        (title::KNIGHTS, Traits::KNIGHT),
        (title::HONORIFICS, Traits::HONORIFIC),
        (title::OFFICES, Traits::OFFICE),
        (title::QUALIFIERS, Traits::QUALIFIER),
        (title::ROLES, Traits::ROLE),
        (title::OTHERWISE, Traits::OTHERWISE),
        (title::SHORT, Traits::SHORT),
        (title::NAMESAKES, Traits::NAMESAKE),
        (title::UNIQUE, Traits::UNIQUE),
        (title::CHIEFS, Traits::CHIEF),
        (title::MALE_ROLES, Traits::HIS_ROLE),
        (title::FEMALE_ROLES, Traits::HER_ROLE),
        (place::PLACES, Traits::PLACE),
        (place::FIRST_HALVES, Traits::HALF),
        (STARTERS, Traits::STARTER),
        (DAYS, Traits::DAY),
        (BODIES, Traits::BODY),
        (GROUPS, Traits::GROUP),
        (MEDIA, Traits::MEDIA),
        (PAPERS, Traits::PAPER),
        (PARTICLES, Traits::PARTICLE),
        (SUFFIXES, Traits::SUFFIX),
        (LINKS, Traits::LINK),
        (CUTS, Traits::CUT),
        (DETERMINERS, Traits::DETERMINER),
        (TELLING, Traits::TELLS),
        (AUXILIARIES, Traits::AUXILIARY),
    ] {
        for word in words.split_ascii_whitespace() {
            let known = table.entry(key(word)).or_default();
            *known = *known | traits;
        }
    }
    table
});

/// What is known of the word with this key.
pub(super) fn traits(key: Key) -> Traits {
    TABLE.get(&key).copied().unwrap_or_default()
}

/// What is known of a word.
pub(super) fn of(word: &str) -> Traits {
    traits(key(word))
}
