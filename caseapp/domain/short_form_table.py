"""Everyday short forms that the library `nicknames` lacks, and those of it that nobody uses.

English, Spanish, Portuguese and Slavic ones as dictionaries of given names have them.
"""

GROUPS = """
alexander alex al sasha sandy xander
alexandra alex sasha sandra sandy lexi
alexandria lexi
alexis lex lexi
alfonso alonso poncho
andrew andy drew andres
anthony tony antonio toni
antoine twan
antwan twan
asher ash
ashton ash
barbara barb babs
benjamin ben benny
camille cami
cassandra cass
catherine kathy cathy kate katie kitty katherine kathryn catalina cate kat
charlene char
charles charlie chuck chas carlos
charlotte char lottie
christina tina chris christine kristina cristina
christopher chris topher cristobal kit
clinton clint
daniel dan danny
darnell nell
david dave davy davey
deborah deb debbie debra
demetrius meechie
deshawn shawn
dexter dex
dominic dom nick
dominique dom nikki
dorothy dot dottie dolly
edward ed eddie ted ned eduardo
elizabeth liz beth betsy betty lizzie eliza isabel bess
emmanuel manny emanuel
eugene gene
francisco paco pancho frank francis cisco
frederick fred freddie federico
gerald gerry jerry
grace gracie graciela
guadalupe lupe lupita
gregory greg
harold hal harry
harvey harv
henry hank harry enrique
isaac ike zac
isaiah zay ike
jackson jax
james jim jimmy jamie jaime
jacob jake
jasmine jazz
jennifer jen jenny
jessica jess jessie
jesus chuy
jocelyn joss
john johnny jack jon juan jonathan
jordan jordy
joseph joe joey jose pepe
josephine jo josie josefina
judith judy
juliana jules
julius jules
kaitlyn kate katie
kathleen kathy kat katie
katrina kat trina
kenneth ken kenny
kimberly kim
kirsten kirsty
kristen kris
lakeisha keisha
lashonda shonda
latasha tasha
latoya toya
lawrence larry lorenzo
leonard leo len lenny
letitia tisha
lillian lily
mackenzie kenzie mac
madison maddie
margaret maggie meg peggy marge margarita rita greta
maria mary marie mariana
marshall marsh
matthew matt mateo
maurice moe mo
melanie mel
michael mike mikey mick miguel misha
michaela kayla
monique nikki
morris moe mo
moses moe
nathaniel nate nathan
nicholas nick nicky nicolas nico kolya
olivia liv
pamela pam
patricia pat patty tricia trish
patrick pat paddy
peter pete pedro
philip phil
quentin quint
raymond ray ramon
rebecca becky becca
richard rick dick rich ricky ricardo
robert bob rob bobby robbie bert roberto
ronald ron ronnie
samuel sam sammy samantha
shaquille shaq
shelby shel
sheldon shel
spencer spence
stanley stan
stephen steve steven esteban
susan sue suzy susana
tamara tammy
tanisha nisha
tatiana tati tanya
terrence terry
theodore ted teddy theo
theresa terry tess teresa tessa
thomas tom tommy tomas
timothy tim timmy
travis trav
trenton trent
trevor trev
tyler ty
tyrell ty
tyrone ty
vernon vern
victoria vicky tori
vincent vince vicente
virgil virg
walter walt wally
william will bill billy liam willy guillermo memo
winston win
xavier zay
zachary zach zack
abelardo lalo abel
adalberto beto
adelaida lala
adolfo fito dolfo
adriana adri
agustin tino gus
alberto beto albert al bert berto tito
alejandra ale alexandra jandra
alejandro ale jandro alex alejo xandro
alfonso poncho foncho ponchito
alfredo fredo
alicia licha alice
amalia mali
ana anita annie anna ann
angel gelo
angelica angelita angie
antonia tona tonia
antonio tono toni tony anthony
apolinar polo
armando mando
arnulfo fito
arturo turo arthur
bartolome bartolo bart
beatriz bety betty bea
benito beni
benjamin benja benji
bernardo nardo bernard
camila cami mila
carlos carlitos charlie carlo
carmen carmela menchu carmelita
carolina caro
catalina cata cathy
cecilia ceci chila
celestino tino
concepcion concha conchita conchi chona
consuelo chelo chela
crescencio chencho
cristina cris tina christina
cristobal cris toba christopher
dagoberto dago
daniela dani
delfina fina
dolores lola loli lolita dolly
domingo mingo
edmundo mundo
eduardo lalo edu eddie ed edward lalito guayo
efrain efra
elena nena helen
emiliano emilio milo
encarnacion chon chona
enrique kike quique rique henry
ernestina tina
ernesto neto tito ernie ernest
esperanza pelancha lancha espe
estefania fani
estela estelita stella
esteban teban steve steven
eugenio geno
ezequiel zeke
faustino tino
federico fede lico fred
feliciano chano
felipe lipe pipe phil philip
fernanda fer
fernando nando fer ferdinand
filiberto fili beto
florencio lencho
florentino tino floro
francisca paca pancha panchita fran
francisco paco pancho kiko quico cisco frank fran panchito paquito curro
gabriel gabi gabe gabo
gabriela gabi gaby
genoveva veva geno
gerardo lalo gera jerry gerald
gertrudis tula trudy
gilberto beto gil
gonzalo chalo gonza
graciela chela chelita grace gracie
gregorio goyo gregory greg
guadalupe lupe lupita lupilla
guillermo memo guille willy william bill guillo memito
gustavo tavo gus
hector tito
heriberto beto
hernando nando
hipolito polo
hortensia tencha
humberto beto berto
ignacio nacho ignatius
inocencio chencho
isabel chabela chabelita isa bella chavela elizabeth
israel isra izzy
jacinto chinto
jaime jimmy jim james
javier javi xavier
jeronimo jero
jesus chuy chucho chuyito chuyin chuchin
joaquin quino
jorge coque george coco
jose pepe chepe joseph joe pepito cheo joselito chepito
josefa pepa chepa
josefina pepa fina chepina josie josephine
juan juanito juancho john johnny
juana juanita jane
julian juli
leonardo leo nardo leonard
leopoldo polo leo
leticia lety leti letty
lorenzo lencho larry lawrence
lourdes lulu lulis
lucia lucha lucy
luciano chano lucho
luis lucho luisito louis lou wicho guicho
luisa luisita lulu lucha
magdalena magda malena lena
manuel manolo manny meme lito manuelito manu
marcela chela marce
marcos marco
margarita margo mago rita margaret
maria mari mary marie mariquita
mario mayito
marta martita
mateo teo
matilde mati tilly
mauricio mau
maximiliano max maxi
mercedes meche mercy merche
miguel mike miguelito migue michael
milagros mila
moises moi moy
monica moni
natividad nati
nicolas nico colas
norberto beto
octavio tavo
orlando lando
osvaldo oswaldo valdo
pablo pablito paul
patricia paty pati pat
patricio pato
pedro perico pete peter pedrito
pilar pili
rafael rafa fallo ralph raphael
ramon moncho mon ray raymond
ramona mona moncha
raul rulo
raymundo raimundo mundo
rebeca beca
refugio cuca cuco
reynaldo reinaldo rey naldo
ricardo richard rick ricky cardo rich riqui
rigoberto rigo beto
roberto beto robert rob bob tito
rodolfo fito rudy rodo rudolph
rodrigo rodri
rogelio roger gelo roge
rolando rolo lando
rosa rosita
rosario chayo chaya charo chayito
salvador chava salva sal
santiago chago santi diego tiago
sara sarita
sebastian sebas seb
sergio checo checho serge
socorro coco coquis
sofia sofi chofi
soledad sole chole
susana susi susan sue chana susy
teodoro teo ted
teresa tere teresita theresa terry
timoteo timo teo
tomas tomasito tom tommy thomas
trinidad trini
ubaldo baldo
ulises uli
valentin tino val
valentina tina vale
veronica vero roni
vicente chente vince vincent
victor vic vico
virginia vicky gina ginny
wilfredo fredo
ximena jimena xime jime
yolanda yoli yola
aleksandr oleksandr alexander sasha alex iskandar
aleksey alexei oleksiy alexey alyosha
andrey andrei andriy andrew
anastasia nastya anastasiya
dmitry dmitri dmytro dima mitya
ekaterina yekaterina katerina kateryna katya catherine
elena olena yelena lena helen
evgeny yevgeny yevhen eugene zhenya
georgy georgiy yuri george
irina iryna ira irene
ivan john vanya
mikhail mykhailo misha michael
natalya natalia nataliya natasha
nikolay mykola nikolai kolya nicholas
olga olha olya
pavel pavlo pasha paul
pyotr petro petr peter petya
sergey sergei serhiy sergii
svetlana svitlana sveta
tatyana tatiana tetiana tanya
vladimir volodymyr vova volodya wladimir
vyacheslav viacheslav slava
yuliya julia iuliia yulia yuliia
abdulrahman abdul abdi
abdullah abdul
abdullahi abdi
antonia toninha
alejandro jano
augusto guto
beatriz bia
bethlehem betelhem betty
david dawit
eduarda duda
eduardo dudu
eliseo cheo
fernanda nanda
florence flossie
francisco chico
gabriel biel
ibrahim abraham
isabela bela isa
joao john johnny
kimberly kimmy
luciana lu
margarita mague
mohammed mo moe
rahel rachel
rodrigo digo
rosalba rosy
rosalia rosy
sebastiao tiao sebastian
selamawit selam
tewodros teddy
tsehay tsehai sehay
yohannes john
yusuf joseph
sean shaun shawn
stewart stuart
kristen christen kristin
"""
"""A group a line, its full form first; a name may stand in several."""

NEVER_SHORT = frozenset(
    (one, other) for one in ("bill", "billy", "will", "willie") for other in ("robert", "fred")
) | {("robert", "bill"), ("robert", "billy")}
"""What the library calls a short form and nobody is called by: two of the commonest names would be one."""
