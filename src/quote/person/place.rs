//! Countries, states and great cities, and the words for who is of them.

/// A place in its forms: name, adjective, inhabitants, short forms; underscores stand for spaces.
pub(super) const PLACES: &str = "
america american americans us u.s usa
britain british britons uk u.k
england english
scotland scottish scots
wales welsh
ireland irish
france french
germany german germans
italy italian italians
spain spanish
portugal portuguese
netherlands dutch holland
belgium belgian belgians
luxembourg
switzerland swiss
austria austrian austrians
poland polish poles
hungary hungarian hungarians
czechia czech czechs
slovakia slovak slovaks
romania romanian romanians
bulgaria bulgarian bulgarians
greece greek greeks
sweden swedish swedes
norway norwegian norwegians
denmark danish danes
finland finnish finns
iceland icelandic
estonia estonian estonians
latvia latvian latvians
lithuania lithuanian lithuanians
ukraine ukrainian ukrainians
russia russian russians
belarus belarusian
moldova moldovan
serbia serbian serbs
croatia croatian croats
slovenia slovenian
bosnia bosnian
kosovo kosovan
albania albanian
turkey turkish turks turkiye
cyprus cypriot
malta maltese
georgia georgian
armenia armenian armenians
azerbaijan azerbaijani
kazakhstan kazakh
uzbekistan uzbek
china chinese
taiwan taiwanese
japan japanese
korea korean koreans
india indian indians
pakistan pakistani pakistanis
bangladesh bangladeshi
afghanistan afghan afghans
nepal nepalese
vietnam vietnamese
thailand thai
cambodia cambodian
myanmar burmese
malaysia malaysian
singapore singaporean
indonesia indonesian
philippines filipino filipinos philippine
australia australian australians
zealand zealander
canada canadian canadians
mexico mexican mexicans
cuba cuban cubans
haiti haitian haitians
venezuela venezuelan
colombia colombian
brazil brazilian brazilians
argentina argentine argentinian
chile chilean
peru peruvian
bolivia bolivian
ecuador ecuadorian
nicaragua nicaraguan
honduras honduran
guatemala guatemalan
salvador salvadoran
panama panamanian
israel israeli israelis
palestine palestinian palestinians
lebanon lebanese
syria syrian syrians
iraq iraqi iraqis
iran iranian iranians
jordan jordanian
egypt egyptian egyptians
libya libyan libyans
tunisia tunisian
algeria algerian
morocco moroccan
qatar qatari
kuwait kuwaiti
bahrain bahraini
yemen yemeni
emirates emirati uae
arabia saudi saudis
sudan sudanese
ethiopia ethiopian
somalia somali
kenya kenyan
uganda ugandan
tanzania tanzanian
rwanda rwandan
congo congolese
nigeria nigerian
ghana ghanaian
senegal senegalese
zimbabwe zimbabwean
africa african africans
europe european europeans eu e.u
asia asian asians
nato
alabama ala
alaska alaskan
arizona ariz arizonan
arkansas ark
california calif californian
colorado colo
connecticut conn
delaware del
florida fla floridian
hawaii hawaiian
idaho
illinois ill
indiana ind hoosier
iowa iowan iowans
kansas kan
kentucky ky
louisiana
maine
maryland md
massachusetts mass
michigan mich
minnesota minn
mississippi miss
missouri mo
montana mont
nebraska neb
nevada nev
hampshire
jersey
oklahoma okla
ohio ohioan
oregon ore
pennsylvania pa
tennessee tenn
texas tex texan texans
utah
vermont vt
virginia va
wisconsin wis
wyoming wyo
washington london paris berlin brussels moscow kyiv kiev beijing tokyo jerusalem tehran
chicago boston philadelphia detroit houston miami atlanta denver seattle cleveland manhattan brooklyn
york yorker yorkers
angeles vegas francisco orleans
dublin edinburgh cardiff belfast glasgow manchester liverpool birmingham
rome madrid vienna warsaw geneva ottawa toronto sydney delhi mumbai kabul baghdad damascus cairo";

/// Words with which the name of a place of two words begins.
pub(super) const FIRST_HALVES: &str =
    "new south north east west san santa los las saint united great puerto rhode hong sri el
fort mount lake cape upper lower central middle saudi northern southern eastern western";
