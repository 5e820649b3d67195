//! Titles and the words for what people are.

/// Titles of a man: with a family name, except [`KNIGHTS`].
pub(super) const OF_MEN: &str =
    "mr mister messrs sir lord father brother king prince duke monsieur m herr senor don imam rabbi
sheikh sultan emir baron earl count";

/// Titles of a woman.
pub(super) const OF_WOMEN: &str = "mrs ms miss mme madame mlle frau senora dame lady baroness sister queen princess duchess
countess congresswoman assemblywoman chairwoman councilwoman alderwoman spokeswoman businesswoman first-lady";

/// Titles that stand before a given name alone.
pub(super) const KNIGHTS: &str =
    "sir dame lady king queen prince princess pope sister brother emperor saint";

/// Titles that say no more than who is polite: they are left out of a name and tell no role.
pub(super) const HONORIFICS: &str =
    "mr mrs ms miss mx dr messrs sir dame lord lady madame mme mlle herr frau senor senora
monsieur hon honourable honorable reverend rev prof professor doctor";

/// Words in capitals before a name that tell a role, and are left out of the name.
pub(super) const OFFICES: &str = "president vice-president premier pm minister chancellor secretary senator sen sens rep reps
representative congressman congresswoman congressmember governor gov govs lt lieutenant mayor councilman councilwoman
councillor alderman alderwoman assemblyman assemblywoman delegate delegates speaker leader whip chairman chairwoman chair
chairperson director
administrator commissioner superintendent ambassador envoy attorney solicitor justice judge magistrate sheriff chief
constable inspector detective officer agent sergeant sgt captain capt colonel col major maj general gen brigadier admiral adm
commander cmdr corporal cpl private pvt commodore marshal cardinal archbishop bishop pastor pope imam ayatollah rabbi king
queen prince princess duke duchess emperor sheikh sultan emir professor prof doctor dean rector provost principal coach
manager strategist spokesman spokeswoman spokesperson correspondent reporter columnist editor anchor host commentator analyst
adviser advisor aide candidate nominee counsel counselor treasurer comptroller controller taoiseach tanaiste czar executive
ceo cfo officer founder co-founder mp msp mep lord lady baroness baron dame reverend father sister brother uncle aunt rev
former ex-president senators representatives governors ministers secretaries presidents";

/// Words in capitals that stand before those.
pub(super) const QUALIFIERS: &str = "vice deputy acting interim former ex late first foreign home prime defense defence interior
finance treasury state education health justice labor labour energy commerce transportation transport environment
agriculture housing veterans homeland security national intelligence press communications campaign senior junior chief
assistant associate under principal shadow permanent exchequer managing executive majority minority parliamentary political
house senate republican democratic democrat gop conservative tory liberal labour independent libertarian state-run special
staff retired honorary emeritus then-president then-sen then-gov sex crown";

/// Small words before a name or behind it that tell a role.
pub(super) const ROLES: &str = "president pm minister premier chancellor secretary senator congressman congresswoman governor mayor
councilman councilwoman councillor speaker leader chairman chairwoman chair director commissioner ambassador envoy attorney
lawyer solicitor barrister justice judge sheriff chief captain colonel general admiral commander cardinal archbishop bishop
pastor priest pope imam rabbi king queen prince princess professor doctor dean coach manager strategist spokesman spokeswoman
spokesperson correspondent reporter journalist columnist editor anchor host commentator analyst adviser advisor aide
candidate nominee contender hopeful front-runner frontrunner rival opponent counsel treasurer executive founder co-founder
billionaire businessman businesswoman mogul developer tycoon entrepreneur activist advocate organizer pollster consultant
operative lawmaker legislator politician representative delegate member official officer expert scholar historian economist
scientist researcher author writer novelist actor actress singer comedian musician player owner boss head husband wife son
daughter father mother brother sister neurosurgeon physician nurse surgeon farmer teacher student veteran soldier agent
detective investigator prosecutor defendant victim witness resident voter supporter critic ally mp peer lord lady dictator
monarch taoiseach incumbent mogul magnate star physicist banker investor financier lobbyist ceo partner colleague
counterpart socialist independent republican democrat libertarian conservative liberal statesman diplomat negotiator
evangelist preacher reverend nun monk guru blogger vlogger publisher producer filmmaker director photographer artist";

/// Roles in which the same person may be called.
pub(super) const CHIEFS: &str =
    "president chief head leader boss chairman chair chairwoman director";

/// Roles of a man.
pub(super) const MALE_ROLES: &str = "congressman councilman spokesman chairman businessman king prince husband son father
brother statesman priest monk actor assemblyman alderman policeman fireman salesman congressman boyfriend grandfather uncle
nephew grandson gentleman";

/// Roles of a woman.
pub(super) const FEMALE_ROLES: &str = "congresswoman councilwoman spokeswoman chairwoman businesswoman queen princess wife
daughter mother sister nun actress assemblywoman alderwoman policewoman girlfriend grandmother aunt niece granddaughter";

/// Words before a role without which it is another one.
pub(super) const OTHERWISE: &str = "vice deputy former ex late assistant shadow acting then";

/// Offices that one person holds at a time.
pub(super) const UNIQUE: &str =
    "president minister premier chancellor governor mayor pope king queen pm taoiseach prince";

/// Titles that a full stop shortens.
pub(super) const SHORT: &str = "mr mrs ms mx messrs dr sen sens rep reps gov govs gen col capt cmdr maj lt sgt adm rev hon prof
jr sr st pres atty insp supt det cpl pvt brig msgr fr";

/// Titles that are family names as well.
pub(super) const NAMESAKES: &str =
    "king dean pope bishop judge prince baron duke major marshal coach earl cardinal constable
sergeant private lord rector";
