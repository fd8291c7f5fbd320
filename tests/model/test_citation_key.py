from __future__ import annotations

import pytest

from sphinx_papers.model.records.citation_key import citation_key, free_key
from sphinx_papers.model.records.person import Person


# The keys are Google Scholar's own for these papers.
@pytest.mark.parametrize(
    ("author", "year", "title", "key"),
    [
        (Person("Lee"), 2021, "Railroad Is Not a Train: Saliency", "lee2021railroad"),
        (
            Person("Krähenbühl"),
            2011,
            "Efficient Inference in Fully Connected CRFs",
            "krahenbuhl2011efficient",
        ),
        (Person("Maaten", particle="Van der"), 2008, "Visualizing Data using t-SNE", "van2008visualizing"),
        (Person("Pont-Tuset"), 2017, "The 2017 DAVIS Challenge", "pont20172017"),
        (Person("O'Shea"), 2015, "An Introduction to Convolutional Networks", "o2015introduction"),
        (Person("Bearman"), 2016, "What's the Point: Semantic Segmentation", "bearman2016s"),
        (Person("Yao"), 2021, "Non-Salient Region Object Mining", "yao2021non"),
        (Person("Müller"), 2019, "When Does Label Smoothing Help?", "muller2019does"),
        (Person("Raghu"), 2021, "Do Vision Transformers See Like CNNs?", "raghu2021vision"),
        (Person("Li"), 2017, "Not All Pixels Are Equal", "li2017not"),
        (Person("Madry"), 2017, "Towards Deep Learning Models", "madry2017towards"),
        (Person("Pinheiro"), 2015, "From Image-level to Pixel-level", "pinheiro2015image"),
        (Person("Laradji"), 2018, "Where Are the Blobs", "laradji2018blobs"),
    ],
)
def test_keys_are_those_of_google_scholar(author: Person, year: int, title: str, key: str) -> None:
    assert citation_key((author, Person("Other")), year, title) == key


def test_what_is_missing_is_left_out() -> None:
    assert citation_key((), 2021, "{CAM} Maps") == "2021cam"
    assert citation_key((Person("李"),), 2021, "弱监督") == "2021"
    assert citation_key((Person("Lee"),), 2021, "What Is It") == "lee2021it"
    assert citation_key((Person("Lee"),), 2021, "Why?") == "lee2021why"


def test_a_taken_key_gets_the_next_letter() -> None:
    assert free_key("lee2021maps", set()) == "lee2021maps"
    assert free_key("a", {"a", "ab"}) == "ac"
    taken = {"a", *(f"a{chr(97 + place)}" for place in range(26))}
    assert free_key("a", taken) == "aaa"
