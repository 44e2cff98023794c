"""A text file is read in the encoding that it is in, and the plan says which and how sure that is, or it is refused."""

import random
from pathlib import Path

import pytest

import icosa
from icosa import bulk
from icosa.imports.rows import Row, open_rows

SURE = {
    "cp1252": [
        "Jürgen – “Büro”",
        "Muñoz Peña\nJosé García\nÁngel Ibáñez",
        "Åse Sørensen Håkon\nBjørn Kjær Tromsø\nÆrø Bodø",
        "François Hélène Gaël Benoît\nZoé Jérôme",
        "João Conceição\nMünchen\nÑandú",
        "5 €",
    ],
    "cp1250": [
        "Łukasz Żółć",
        "Dvořák\nČerný",
        "Győr\nTűz Szűcs\nÖdön Mária Őri",
        "Ştefan Ţânţar Brăila",
        "Đoković Žižić",
        "ŁÓDŹ ŚWIĘTOKRZYSKIE GDAŃSK KĄKOL ŻÓŁĆ WÓJCIK",
    ],
    "cp1251": ["Иван Петров\nАнна Ёлкина", "Олексій Їжакевич\nЄва"],
    "cp1253": ["Γιώργος Παπαδόπουλος\nΕλένη"],
    "cp1254": ["Ayşegül Çağ\nYılmaz Güneş\nİstanbul Işık"],
    "cp1257": ["Žukauskas\nŠarūnas\nĄžuolas"],
    "mac_roman": ["José Müller\nà côté"],
    "cp850": ["José Müller"],
    "iso8859_2": ["Śląsk Ćwik"],
    "utf-16": ["Łukasz"],
    "utf-16-le": ["Ada\nJosé"],
    "utf-16-be": ["Иван"],
    "utf-32": ["Ü"],
}
CASES = [(encoding, text) for encoding, texts in SURE.items() for text in texts]


def names(path: Path, encoding: str | None = None) -> str:
    return "\n".join(str(each.values["Name"]) for each in open_rows(path, encoding=encoding).rows if isinstance(each, Row))


@pytest.mark.parametrize(("encoding", "text"), CASES, ids=[f"{encoding}-{text[:6].split()[0]}" for encoding, text in CASES])
def test_an_encoding_is_known_by_the_words_that_it_gives(tmp_path: Path, encoding: str, text: str) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(f"Name\n{text}\n".encode(encoding))
    assert names(file) == text
    assert open_rows(file).found["encoding"]


@pytest.mark.parametrize(
    ("encoding", "text", "examples"),
    [
        ("cp1252", "Muñoz", r"Muñoz \(cp1252\) or Muńoz \(cp1250\)"),
        ("cp1250", "Řehoř", r"Øehoø \(cp1252\) or Řehoř \(cp1250\)"),
        ("cp1254", "Yılmaz", r"Yýlmaz \(cp1252\) or Yılmaz \(cp1254\)"),
        ("cp1252", "Zoë\nLumière\nMüller", r"Lumière \(cp1252\) or Lumičre \(cp1250\) or Zoė \(cp1257\)"),
        ("cp1251", "ИВАН", r"ИВАН \(cp1251\) or хбюм \(koi8_r\)"),
        ("big5", "王小明", r"王小明 \(big5\)"),
        ("shift_jis", "山田太郎\nやまだ", r"山田太郎 \(shift_jis\)"),
    ],
)
def test_what_could_be_read_in_several_ways_is_refused_with_an_example_of_each(
    tmp_path: Path, encoding: str, text: str, examples: str
) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(f"Name\n{text}\n".encode(encoding))
    with pytest.raises(icosa.InvalidValue, match=rf"people.csv: is no UTF-8 \(line 2 .*could be read as .*{examples}.*--encoding"):
        open_rows(file)
    assert names(file, encoding) == text


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (
            "Name,Email\nJosé Pérez,y@example.com\n".encode() + b"Jos\xe9 Mal,m@example.com\n",
            r"line 3 cannot be read \(column 4, byte 0xe9\)",
        ),
        ("Name\nJosé\nZoë\n".encode()[:-2], r"line 3 cannot be read \(column 3, byte 0xc3\)"),
        (b"Name\n" + "é".encode() * 200_000 + b"\xff\n", r"line 2 cannot be read \(column 200001, byte 0xff\)"),
        ("Name\nJosé\n".encode("utf-8-sig") + b"\xe9\n", r"line 3 cannot be read \(column 1, byte 0xe9\)"),
    ],
    ids=["a letter", "cut off", "a long line", "with a mark"],
)
def test_a_file_that_is_utf_8_but_for_a_byte_says_where(tmp_path: Path, data: bytes, place: str) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(data)
    with pytest.raises(icosa.InvalidValue, match=place):
        open_rows(file)


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_what_is_told_is_not_guessed_over(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"people.{suffix}"
    file.write_bytes(("Name\nMuńoz\n" if suffix == "csv" else '{"Name": "Muńoz"}\n').encode("cp1250"))
    assert names(file, "cp1250") == "Muńoz"
    assert names(file, "cp1252") == "Muñoz"
    assert "encoding" not in open_rows(file, encoding="cp1250").found
    with pytest.raises(icosa.InvalidValue, match="is not in utf-8: line"):
        open_rows(file, encoding="utf-8")
    for none in ("latin9000", "base64"):
        with pytest.raises(icosa.InvalidValue, match=f"there is no encoding '{none}'"):
            open_rows(file, encoding=none)


def test_a_mark_is_no_part_of_the_first_heading_where_utf_8_is_told(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("Name\nŁukasz\n".encode("utf-8-sig"))
    assert names(file, "utf-8") == names(file, "UTF8") == names(file) == "Łukasz"


def test_the_plan_says_which_encoding_was_read_and_how_sure_that_is(crm: icosa.Client, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("Name;Email\nŁukasz Żółć;lz@example.com\n".encode("cp1250"))
    plan = bulk.plan_import(crm, "people", file)
    said = plan.header.settings["found"]
    assert said["encoding"] == ("Windows-1250, central Europe (cp1250), quite sure: nothing else gives words. If it is another: --encoding")
    assert said["delimiter"] == ";"
    bulk.apply(crm, plan)
    assert crm.people.find_many(depth=0)[0]["name"]["lastName"] == "Żółć"


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    for data in (b"\x00\x01\x02\x03" * 100, bytes(range(256)), b"Name\n\0\n"):
        file.write_bytes(data)
        with pytest.raises(icosa.InvalidValue, match=r"people\.csv: "):
            open_rows(file)


WRITTEN = {
    "cp1252": "Muñoz Peña José García Núñez Íñigo Ángel François Hélène Gaël Jérôme "
    "Jürgen Müller Größe Straße João Conceição Simões Sørensen Åse "
    "Bjørnæs Kjær Åsa Öberg Göran Nicolò Città",
    "cp1250": "Łukasz Żółć Małgorzata Wójcik Świętokrzyskie Gdańsk "
    "Dvořák Černý Řehoř Jiří Žižka Győr Mária László Tűz Szűcs Ştefan Brăila Đoković Šarić",
    "cp1251": "Иван Петров Анна Ёлкина Сергей Юлия Москва ООО Щукин Олексій Їжакевич Київ",
    "cp1253": "Γιώργος Παπαδόπουλος Ελένη Αθήνα Νίκος Ιωάννης",
    "cp1254": "Yılmaz Ayşegül Çağ Şahin İstanbul Öztürk Güneş Işık",
    "cp1257": "Žukauskas Šarūnas Ąžuolas Rūta Jūratė Čiurlionis",
    "koi8_r": "Иван Петров Анна Сергей Юлия Москва",
    "gb18030": "王伟 李娜 张敏 刘洋 陈静 北京市 有限公司 上海 赵 欧阳",
    "big5": "王小明 陳大文 林志玲 台北市 股份有限公司",
    "shift_jis": "山田太郎 佐藤 鈴木 株式会社 東京都 やまだ カナ 高橋",
    "euc_kr": "김철수 이영희 박지성 서울시 주식회사 최",
}  # fmt: skip


@pytest.mark.parametrize("encoding", WRITTEN)
def test_no_file_is_read_in_another_encoding_than_its_own(tmp_path: Path, encoding: str) -> None:
    """A few names at a time, in any mixture: right, or refused."""
    chosen = random.Random(7)
    file = tmp_path / "people.csv"
    known = WRITTEN[encoding].split()
    for _ in range(60):
        some = [each.upper() if chosen.random() < 0.2 else each for each in chosen.sample(known, chosen.choice([1, 2, 3, 5]))]
        file.write_bytes("\n".join(["Name", *some, ""]).encode(encoding))
        try:
            read = names(file)
        except icosa.InvalidValue:
            continue
        assert read == "\n".join(some)
