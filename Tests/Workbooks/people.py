"""ID numbers of people who do not exist, computed from the standard itself."""

WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def check_character(seventeen):
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(seventeen, WEIGHTS)) % 11]


def id_number(sequence, birth="19800101", area="350423"):
    """The number with this sequence of the day, 0 to 999."""
    seventeen = f"{area}{birth}{sequence:03}"
    return seventeen + check_character(seventeen)


def id_numbers(birth, ending=None):
    """All numbers of a day; with an ending, those that end so."""
    numbers = (id_number(sequence, birth) for sequence in range(1, 1000))
    return [number for number in numbers if ending is None or number.endswith(ending)]


def old_form(number):
    """The 15 digits of an identity card of before 1999."""
    assert number[6:8] == "19"
    return number[:6] + number[8:17]


def full_width(text):
    return "".join(chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character for character in text)


def masked(number):
    return number[:6] + "********" + number[-4:]


def wrong_check(number):
    return number[:17] + ("1" if number[17] != "1" else "2")
