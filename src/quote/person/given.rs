//! Given names and the gender that most of their bearers have.
//!
//! Compiled by hand from general knowledge of the names that news uses; a name that both have is in
//! neither list but in [`EITHER`].

/// Names of men.
pub(super) const MEN: &str = "
aaron abdul abdullah abe abel abraham adam aditya adolf adrian ahmad ahmed aidan al alain alan alastair albert alberto
aldo alec alejandro aleksandr alessandro alexander alexandre alexei alexey alf alfonso alfred alfredo ali alistair allan
allen alonzo alphonse alvaro alvin amir amit anatoly anders anderson andre andreas andrei andres andrew andrey andrzej
andy angus ansel anthony anton antonin antonio antony anwar archibald archie ari arjun armando armin arnold arsene arthur
arturo arvind ashraf asif atul augustus austin avi axel ayman barack barney barrett barry bart bartholomew bashar basil
beau ben benedict benito benjamin bennett benny bernard bernardo bernie bert bertrand bilal bill billy blaine bo bob bobby
boris brad bradford bradley brandon branko brendan brent bret brett brian brock bruce bruno bryan bryce bud burt byron
caleb calvin cameron carl carlo carlos carlton carson carter cecil cedric chad charles charlie chester chris christian
christoph christophe christopher chuck cillian clarence clark claude claudio clay clayton cliff clifford clifton clint
clive clyde cody colin collin colm conor conrad corey cornelius cory craig curt curtis cyril cyrus dale damian damien damon
dan daniel danny dante darin dario darius darrell darren darryl daryl dave david dean deepak demetrius denis dennis derek
derrick desmond devin dexter didier diego dieter dimitri dimitry dirk dmitri dmitry dmytro dominic dominique don donald
donnie donovan doug douglas drew duane dudley duncan dustin dwayne dwight earl ed eddie eduardo edgar edmund eduard edward
edwin efrain ehud eli elias elijah elliot elliott elmer elon elvis emanuel emil emiliano emilio emmanuel emmett enda enrico
enrique eric erich erik ernest ernesto ernie ernst erwin esteban ethan eugene evan everett ezra fabian fabio faisal felipe
felix ferdinand fernando fidel finn florian floyd francesco francis francisco franco francois frank frankie franklin franz
fred freddie freddy frederic frederick frederik friedrich fritz gabriel gareth garrett garry garth gary gavin gene geoff
geoffrey george georges geraint gerald gerard gerardo gerhard german gerry giacomo gianni gilbert giles gino giorgio
giovanni giuseppe glen glenn gordon graeme graham grant greg gregg gregor gregory grigory grover guido guillaume guillermo
gunter gus gustav gustavo guy hakim hal hamid hank hans harald harold haroon harris harry harrison harvey hasan hassan hector
heinrich helmut hendrik henri henrik henry herb herbert herman hermann hernan hideki hiroshi horace horst houston howard
hubert hugh hugo humberto humphrey hussein hyman iain ian ibrahim ignacio igor ike ilya imran irving irwin isaac isaiah
ismail issa itzhak ivan ivo jace jack jackson jacob jacques jaime jair jake jamal james jamie jan jared jaroslaw jarrod
jason jasper javier jay jean-claude jean-luc jean-marie jean-paul jeb jed jeff jefferson jeffery jeffrey jens jeremiah
jeremy jermaine jerome jerrold jerry jerzy jesse jesus jim jimmy joachim joaquin joe joel johan johann johannes john johnnie
johnny jon jonah jonas jonathan jordi jorg jorge jose josef joseph josh joshua josiah juan judd jules julian julio julius
junichiro jurgen justin kai karim karl kazuo keir keith ken kenneth kenny kent kerry kevin khaled khalid khalil kieran kim
kirill kirk kjell klaus konrad konstantin kunal kurt kwame kwasi kyle kyrylo lachlan lamar lance larry lars laszlo laurence
laurent lawrence lee leo leon leonard leonardo leonid leopold leroy les lester lev levi lewis liam lincoln linus lionel lloyd
logan lorenzo lou louie louis luc luca lucas luciano ludwig luigi luis luka lukas luke luther lyndon magnus mahmoud malcolm
manny manuel marc marcel marcelo marco marcos marcus mariano marijn mario marion mark marko markus marlon marshall martin
marty marvin masoud massimo mateusz mathew matt matteo matthew matthias matthieu maurice mauricio max maxim maxime
maximilian maxwell mehdi mehmet mel melvin mervyn micah michael michel michele mick miguel mikael mike mikhail miles milo
milton milos ming miroslav mitch mitchell mitt mohamed mohammad mohammed monty morgan morris mort moshe muammar muhammad
mukesh murray mustafa mykhailo mykola naftali nat nate nathan nathaniel ned neil nelson newt nicholas nick nicky nicola
nicolas nigel nikita niklas nikolai nikolas nils noah noel norbert norm norman oleg oleksandr oleksii oleksiy oliver ollie
omar oran orlando orrin orson oscar osama oskar osvaldo otis otto owen pablo paddy paolo pascal pat patrice patrick paul
paulo pavel pavlo pedro pekka per percy perry pervez pete peter petr petro petros phil philip philippe phillip pier
pierre pieter piotr placido preston prince quentin quincy rafael rafi rahm rahul raj rajiv ralf ralph ramon ramzan randall
randolph randy raphael rashid raul ravi ray raymond raymundo reagan recep reed reggie reginald reid reince reinhard rene
reuben rex reza ricardo riccardo rich richard rick ricky rishi rob robbie robby robert roberto rocky rod roderick rodney
rodolfo rodrigo roger rogelio roland rolf roman romeo ron ronald ronan ronnie rory roscoe ross rowan roy ruben rudolf
rudolph rudy rufus rupert rush russ russell rusty ryan sadiq saeed said sajid salman salvador salvatore sam sami samir
sammy samuel sanjay santiago saul scott scottie seamus sean sebastian sepp serge sergei sergey sergio seth shaun shawn
sheldon sherman sherrod shimon shinzo shlomo sid sidney silvio simon slobodan solomon spencer spike stan stanislav stanley
stefan stefano stephan stephane stephen steve steven stewart stu stuart sunil sven syed tad takeshi tariq tayyip ted teddy
terence terrance terrence terry thaddeus theo theodore theresea thierry thom thomas thorsten tim timothy tito tobias toby
todd tom tomas tommy tony torsten travis trent trevor trey tristan troy tucker ty tyler tyrone ulrich umberto uri uwe
vaclav vadim valentin valery vance vern vernon vic victor vidal vijay viktor vince vincent vincenzo virgil vitali vitaliy
vitaly vito vivek vlad vladimir volodymyr wade wallace wally walt walter walther wang warren wayne wendell werner wes wesley
wilbur wilfred wilhelm will willard willem william willie willis willy wilson winston wolf wolfgang woodrow woody wyatt
xavier yair yanis yasser yevgeny yitzhak yoshihide yukiya yuri yusuf yves zachary zack zak zbigniew zeke zoran";

/// Names of women.
pub(super) const WOMEN: &str = "
abby abigail ada adela adele adelaide adriana adrienne agatha agnes aileen aimee aisha alana alba alejandra alessandra
alexandra alexis alice alicia alina aline alison allison alma alyssa amanda amal amber amelia amina amy ana anastasia andrea
angela angelica angelina angie anita anja ann anna annabel annalena anne annemarie annette annie antoinette antonia anya
april arianna arlene ashley astrid athena audrey aurora ava ayanna azar barb barbara beatrice beatriz becky belinda bella
bernadette bernice bertha bess beth bethany betsy bette betty beverley beverly bianca birgit blanca blanche bonnie brenda
briana bridget brigitte britney brittany brooke caitlin caitlyn camilla camille candace candice candy cara carla carly
carmen carol carole carolina caroline carolyn carrie cassandra cassidy catalina catherine cathleen cathy cecile cecilia
celeste celia chantal charlene charlotte chelsea cherie cheryl chloe chrissy christa christiane christie christina
christine chrystia cindy claire clara clarissa claudette claudia clementine colette colleen condoleezza connie constance
consuelo cora coretta corinne courtney cristina crystal cynthia daisy dalia dana daniela daniella danielle daphne darlene
dawn deanna debbie deborah debra deirdre delia della delores denise desiree diana diane dianne dina dolores dominica donna
dora doreen doris dorothea dorothy ebony edith edna effie eileen elaine eleanor elena eleni elfriede elin elisa elisabeth
elise elissa eliza elizabeth ella ellen ellie elsa elsie elvira emilia emily emma erica erika erin esmeralda esperanza
estelle esther ethel eugenie eunice eva evangeline eve evelyn faith fatima fatou faye felicia felicity fern fiona flora
florence fran frances francesca francine frederica frida gabby gabriela gabriella gabrielle gail gayle gemma genevieve
georgia georgina geraldine gertrude gillian gina ginger giorgia giovanna gisele gladys glenda gloria grace graciela greta
gretchen griselda guadalupe gwen gwendolyn hailey haley hana hannah harriet hattie hazel heather heidi helen helena helene
helga henrietta hilary hilda hillary hina holly hope huma ida ilhan ilse imelda imogen ines ingrid irene irina iris irma
isabel isabella isabelle ivana ivanka ivy jackie jacinda jacqueline jamila jana jane janelle janet janette janice janine
jasmine jayne jean jeanette jeanine jeanne jen jenna jenni jennie jennifer jenny jessica jill jillian jo joan joann joanna
joanne jocelyn joni josefina josephine joy joyce juana juanita judith judy julia juliana julianne julie juliet juliette june
justine kaja kamala kara karen karin karine karina karla kate katelyn katerina katharina katharine katherine kathie
kathleen kathryn kathy katie katja katrina katy kay kayla kayleigh kaylee keisha kelli kellyanne kelsey kemi kendra kerstin
khadija kimberly kirsten kirstjen kris kristen kristi kristin kristina kristine lana lara larissa latoya laura lauren lauri
laurie layla lea leah leila lena leona leonor leslie leticia liane lida lila lilian liliana lillian lily lina linda lindsay
lindsey lisa lise liz liza lizzie lois lola lora loretta lori lorna lorraine lottie louisa louise lucia lucille lucinda lucy
luisa lupe lydia lynda lynette lynn lynne mabel madeleine madeline madison mae maggie maia maisie malala mandy mara marcela
marcia margaret margarita margaux margery margot maria mariam marian mariana marianne marie mariela marilyn marina marine
marisa marisol marissa marjorie marla marlene marsha marta martha martina mary maryam mathilde matilda maud maude maura
maureen mavis maxine maya meg megan megyn meghan melania melanie melinda melissa melody mercedes meredith meryl mia michaela
michele michelle mildred millicent millie mimi mina mindy minerva minnie mira miranda miriam missy misty mitzi moira mollie
molly mona monica monique muriel myra myrna nadia nadine nan nanci nancy naomi natalia natalie natasha nathalie nell nellie
nelly nessa neva nia nichola nicole nicky nikki nina noelle noor nora noreen norma octavia olga olivia olya oksana olena
ophelia oprah paloma pam pamela patience patricia patsy patti patty paula paulette pauline pearl peggy penelope penny petra
petula phoebe phyllis pilar piper polly portia priscilla prue queenie rachel rachael ramona raquel reba rebecca rebekah
regina renata renee rhea rhoda rhonda rita roberta rochelle rosa rosalie rosalind rosalynn rosario rose roseanne roseann
rosemarie rosemary rosie rowena roxanne ruby ruth sabine sabrina sadie saima sally salma samantha samira sandra sanna sara
sarah sasha saskia savannah scarlett selena selma serena shana shannon sharon shari sheila shelby shelley shelly sherri
sherry sheryl shirin shirley siobhan silvia simona simone sofia sondra sonia sonja sonya sophia sophie stacey stacy star
stella stephanie stormy sue summer susan susana susanna susannah susanne susie suzanne suzy svetlana sylvia sylvie tabitha
tamara tameka tammy tania tanya tara tasha tatiana tatyana teresa teri tess tessa thelma theresa therese tiffany tina tipper
toni tonia tonya tracey traci tricia trina trish trisha trixie trudy tulsi tyra ulla ulrike una ursula valentina valerie
vanessa vanna vera verna veronica vicki vickie vicky victoria viola violet virginia virgie vivian viviane wanda wendy
whitney whoopi wilhelmina wilma winifred winnie xena ximena xiomara yana yasmin yasmine yelena yesenia yolanda yulia
yuliya yvette yvonne zainab zara zelda zoe zoya zsa";

/// Names that both have.
pub(super) const EITHER: &str = "
abdi alex ali alpha andi andie angel ariel ash ashton aubrey avery bailey bobbi brit brook cary casey cameron campbell chandra
chen chi dakota dallas darcy darrin devon dominique dorian drew dylan eden ellis emerson emery erin evelyn fabrice finley
frankie hadley harley harper hayden hong hunter hyun indra jade jaden jan jamie jean jackie jesse jessie jian jo jody jordan
jude jules jung kasey keegan kelly kendall kerry kim kit lane laverne lee leigh leslie li lin ling logan loren lou lyn marion
mckenzie min morgan nico nicola nikki noor ollie page paige parker pat payton peyton phoenix quinn rae reagan rene riley
robin roni rory rowan sam sandy sascha sasha sean shannon shea sidney skyler soo stevie sun sung sydney taylor terry toni tracy
val wei whitney xi yan yang yi ying yong yu";
