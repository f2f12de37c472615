"""Names as often as a town with several language communities has them; nobody real."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Community:
    """Families are listed from the most to the least frequent; `race` is the usual answer, "" if mixed."""

    weight: int
    language: str
    race: str
    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]
    has_two_surnames: bool = False


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


_ENGLISH = Community(
    50,
    "English",
    "",
    _names(
        "James, Robert, Michael, William, David, Richard, Joseph, Thomas, Charles, Daniel, Anthony, Mark, Steven,"
        " Kevin, Brian, Tyler, Marcus, Dwayne, Walter, Gary, Justin, Terrence, Dustin, Leroy, Curtis, Darnell, Wade"
    ),
    _names(
        "Mary, Linda, Patricia, Jennifer, Susan, Angela, Crystal, Aaliyah, Grace, Brenda, Tiffany, Amber, Dawn,"
        " Kimberly, Latoya, Ruth, Heather, Donna, Jasmine, Kayla, Tammy, Faith, Ebony, Sherry, Nicole"
    ),
    _names(
        "Smith, Johnson, Williams, Brown, Jones, Miller, Davis, Wilson, Anderson, Thomas, Taylor, Moore, Jackson,"
        " Martin, Lee, Thompson, White, Harris, Clark, Lewis, Robinson, Walker, Young, Allen, King, Wright, Hill,"
        " Green, Adams, Baker, Nelson, Carter, Mitchell, Turner, Parker, Evans, Edwards, Collins, Stewart, Morris,"
        " Murphy, Cook, Rogers, Reed, Bailey, Cooper, Okafor, Lindqvist, Kowalczyk, O'Brien, McKenzie, Brooks,"
        " Adeyemi, Whitehorse, Begay, Van Dyke, St. Clair, Fitzgerald-Ross"
    ),
)
_SPANISH = Community(
    18,
    "Spanish",
    "hispanic",
    _names(
        "José, Luis, Juan, Carlos, Miguel, Jesús, Francisco, Ángel, Raúl, Jorge, Manuel, Óscar, José Luis, Iván"
    ),
    _names(
        "María, Guadalupe, Marisol, Rosa, Ana, Graciela, Luz, Verónica, Carmen, Leticia, María José, Yolanda"
    ),
    _names(
        "García, Hernández, Martínez, López, González, Rodríguez, Pérez, Sánchez, Ramírez, Torres, Flores, Rivera,"
        " Gómez, Díaz, Morales, Ortiz, Vega, Núñez, Castro, Peña, Ruiz, Soto, Muñoz, Ibáñez, De la Cruz"
    ),
    has_two_surnames=True,
)
_OTHERS = (
    Community(
        7,
        "Vietnamese",
        "asian",
        _names("Văn Hùng, Minh Đức, Quốc Tuấn, Thanh Bình, Hoàng Long, Anh Dũng"),
        _names("Thị Phượng, Thị Hoa, Ngọc Ánh, Thu Hà, Kim Liên, Thị Mai"),
        _names("Nguyễn, Trần, Lê, Phạm, Huỳnh, Võ, Đặng, Bùi, Đỗ"),
    ),
    Community(
        5,
        "Russian",
        "white",
        _names("Иван, Сергей, Nikolai, Dmitri, Алексей, Viktor"),
        _names("Ольга, Наталья, Irina, Svetlana, Галина, Tatiana"),
        _names("Ivanov, Petrov, Kuznetsov, Морозов, Volkov, Соколов"),
    ),
    Community(
        3,
        "Ukrainian",
        "white",
        _names("Олександр, Andriy, Mykola, Тарас, Yuriy"),
        _names("Оксана, Iryna, Halyna, Людмила, Kateryna"),
        _names("Shevchenko, Bondarenko, Коваленко, Tkachenko, Мельник"),
    ),
    Community(
        4,
        "Somali",
        "black",
        _names("Abdi, Mohamed, Yusuf, Hassan, Abdirahman, Liban"),
        _names("Amina, Fadumo, Halima, Sahra, Hodan, Ifrah"),
        _names("Ali, Mohamed, Warsame, Abdullahi, Farah, Mohamud, Jama"),
    ),
    Community(
        3,
        "Arabic",
        "middle-eastern",
        _names("Ahmad, Omar, Khalid, Ibrahim, Samir"),
        _names("Fatima, Layla, Noor, Huda, Mariam"),
        _names("Al-Hassan, Haddad, Mansour, Khoury, Al Rashid, Nasser"),
    ),
    Community(
        4,
        "Tagalog",
        "asian",
        _names("Jose, Ramon, Eduardo, Rommel, Jun, Rodel"),
        _names("Maria, Lourdes, Corazon, Jocelyn, Marites"),
        _names("Santos, Reyes, Cruz, Bautista, Dela Cruz, Ocampo, Garcia"),
    ),
    Community(
        4,
        "Chinese",
        "asian",
        _names("Wei, Jian, Ming, Hao, Guo Qiang, Jun"),
        _names("Mei, Li, Xiu Ying, Fang, Hui, Yan"),
        _names("Wang, Li, Zhang, Chen, Liu, Huang, Wu"),
    ),
    Community(
        2,
        "Hmong",
        "asian",
        _names("Tou, Pao, Kong, Chue, Ger"),
        _names("Mai, Pa Nhia, Bao, Yer, Kia"),
        _names("Vang, Xiong, Yang, Lor, Moua, Thao"),
    ),
    Community(
        2,
        "Greek",
        "white",
        _names("Γιώργος, Dimitris, Kostas, Νίκος"),
        _names("Ελένη, Sofia, Eleni, Κατερίνα"),
        _names("Papadopoulos, Γεωργίου, Nikolaidis, Δημητρίου"),
    ),
)

COMMUNITIES = (_ENGLISH, _SPANISH, *_OTHERS)

SHORT = {
    "James": ("Jamie", "Jim"), "Robert": ("Bob", "Rob"), "Michael": ("Mike",), "William": ("Bill", "Will"),
    "David": ("Dave",), "Richard": ("Rick",), "Joseph": ("Joe",), "Thomas": ("Tom",), "Charles": ("Chuck",),
    "Daniel": ("Danny",), "Anthony": ("Tony",), "Steven": ("Steve",), "Patricia": ("Patty", "Trish"),
    "Jennifer": ("Jen",), "Susan": ("Sue",), "Angela": ("Angie",), "Kimberly": ("Kim",), "José": ("Pepe",),
    "Guadalupe": ("Lupe",), "Francisco": ("Paco",), "Jesús": ("Chuy",), "Graciela": ("Chela",),
    "Fadumo": ("Fay",), "Dimitris": ("Jimmy",), "Nikolai": ("Nick",), "Eduardo": ("Eddie",),
}  # fmt: skip
"""Everyday short forms, so that a first name at the scene is not the name on paper."""
