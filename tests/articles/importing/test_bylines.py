import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.bylines import clean_authors, dateline_authors, line_authors


@pytest.mark.parametrize(
    ("values", "names"),
    [
        (["Jane Doe"], ("Jane Doe",)),
        (["By Jane Doe and John Q. Public, Staff Writers"], ("Jane Doe", "John Q. Public")),
        (["JANE DOE"], ("Jane Doe",)),
        (["Jane Doe Political Correspondent"], ("Jane Doe",)),
        (["Jane Doe, Education Editor"], ("Jane Doe",)),
        (["Jane Doe in Port Calder"], ("Jane Doe",)),
        (["Jane Doe <jane@example.org>"], ("Jane Doe",)),
        (["Jane Doe; John Roe", "Jane Doe"], ("Jane Doe", "John Roe")),
        (["Ludwig van Beethoven", "José María de la Cruz", "Kim Min-soo", "Conan O'Brien"], ("Ludwig van Beethoven", "José María de la Cruz", "Kim Min-soo", "Conan O'Brien")),
        (["홍길동 기자"], ("홍길동",)),
        (["김철수·이영희 기자"], ("김철수", "이영희")),
        (["남궁솔 워싱턴 특파원"], ("남궁솔",)),
        (["Reuters Staff", "Admin", "The Coast Courier", "https://facebook.com/x", "editor@example.org", "5 May 2020", "통일부", "편집국", ""], ()),
        (["webmaster", "jsmith", "Super User"], ()),
    ],
)  # fmt: skip
def test_names_of_people_are_kept_and_everything_else_goes(values, names):
    assert clean_authors(values) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("Written by Jane Doe | Posted 3 May 2020", ("Jane Doe",)),
        ("By Jane Doe, Millrace Observer | Posted: Jan 3, 2023", ("Jane Doe",)),
        ("홍길동 기자 hong@example.org", ("홍길동",)),
        ("기자명 홍길동 기자", ("홍길동",)),
        ("[홍길동 기자]", ("홍길동",)),
        ("홍길동 기자 | 등록 : 2023-01-27", ("홍길동",)),
        ("(Reporting by Jane Doe and John Roe; Editing by Paul Kent)", ("Jane Doe", "John Roe")),
        ("This is a guest post by Jane Doe.", ("Jane Doe",)),
        ("Autor: Petra Lindemann | Datum: 05.03.2019", ("Petra Lindemann",)),
        ("Door Jan de Vries op 5 maart 2019", ("Jan de Vries",)),
        ("Par Claire Dumas, publié le 5 mars 2019", ("Claire Dumas",)),
        ("di Paolo Conti", ("Paolo Conti",)),
        ("Автор: Иван Петров", ("Иван Петров",)),
        ("作者：张小明 2019年03月05日", ("张小明",)),
        ("Text: nothing but a caption of the harbour", ()),
        ("By Friday the ministry will decide", ()),
        ("By the end of the year", ()),
        ("The report will be published by the end of March 2023, the first time it is made public.", ()),
        ("A separate study, published by Harbour Rights Watch on Monday, found the same.", ()),
        ("According to figures posted by Statistics Marland, prices rose", ()),
        ("Por otro lado, el Gobierno aprobó la ley de puertos.", ()),
        ("Par Claire Dumas avec AFP", ("Claire Dumas",)),
        ("by jane doe, john roe", ("Jane Doe", "John Roe")),
        ("By A. R. Rahim", ("A. R. Rahim",)),
        ("홍길동 기자는 말했다", ()),
        ("The article was written by hand", ()),
    ],
)
def test_a_line_is_a_byline_or_not(line, names):
    assert line_authors(line) == names


@pytest.mark.parametrize(
    "text",
    [
        "(서울=마루뉴스) 홍길동 기자 = 해양개척부는",
        "[마루뉴스 홍길동 기자] 해양개척부는",
        "[서울=마루뉴스] 홍길동 기자 = 해양개척부는",
        "【서울=홍길동 기자】 해양개척부는",
    ],
)
def test_the_reporter_before_the_first_sentence_is_found(text):
    assert dateline_authors(text) == ("홍길동",)


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_claim_gives_a_few_clean_names(values):
    names = clean_authors(values)

    assert len(names) <= 10
    assert all(name == name.strip() and len(name) <= 60 for name in names)


def test_a_single_name_is_enough_for_whom_the_page_calls_a_person():
    assert clean_authors(["Petra"]) == ()
    assert clean_authors(["Petra"], are_persons=True) == ("Petra",)
    assert clean_authors(["admin", "Editor", "Redaktion", "Written", "About", "March"], are_persons=True) == ()
