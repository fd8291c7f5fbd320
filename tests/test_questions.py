"""Fifty questions about the field, with right answers that were written by hand from the sources that records name.

Each is asked as an agent would, at the command line: over the collection, and over the records that a site publishes. The
number must stand on one line with its conditions and a mark of its source, in a text that leaves an agent room to think.
A newer or corrected record may change what is best: then the value here is changed by hand, from the source again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from sphinx_papers import export, load
from sphinx_papers.cli import main
from sphinx_papers.cli.command import Call
from sphinx_papers.formats.intake.published import read_published
from sphinx_papers.model.records.library import Library

ROOT = Path(__file__).parent.parent
TOKENS = 2000
Output = pytest.CaptureFixture[str]


@dataclass(frozen=True)
class Question:
    """What somebody wants to know, and what is right."""

    words: str
    command: str
    right: str
    """What the line with the answer says first, such as a number."""
    under: tuple[str, ...] = ()
    """What else must stand on that line, or in what is said of all lines."""
    source: str = ""
    """The title of the source that the line is marked with, or an address on the line."""


SEAM = "show SEAM --board"
IMAGE = "supervision=image inputs=none"
QUESTIONS = [
    # Numbers of a paper
    Question("What does SEAM reach on VOC 2012 val?", f"{SEAM} voc2012/val", "**64.5 %**",
             ("Image labels", "no extra inputs", "DeepLab-v1", "WideResNet-38", "Pretraining: ImageNet", "With CRF"), "CLIP-ES"),
    Question("What is SEAM's test score?", f"{SEAM} voc2012/test", "**65.7 %**",
             ("DeepLab-v1", "WideResNet-38", "With CRF", "second hand"), "CLIP-ES"),
    Question("What does SEAM's released code give?", f"{SEAM} voc2012/val", "**64.754 %** (released code)",
             ("Several scales and flip", "train_aug"), "SEAM retraining code"),
    Question("How good are SEAM's pseudo masks?", f"{SEAM} voc2012-mask/train", "**63.61 %**", ("refined by PSA",), "SEAM issue 17"),
    Question("How good is IRN on VOC val?", "show IRN --board voc2012/val", "**63.5 %**",
             ("ResNet-50", "DeepLab-v2", "With CRF"), "CLIP-ES"),
    Question("What does SEC reach with CRF on val?", "show SEC --board voc2012/val", "**50.7 %**",
             ("VGG-16", "With CRF"), "GAIN"),
    Question("And SEC without the CRF, and who measured that?", "show SEC --board voc2012/val", "**44.79 %** (without CRF)",
             ("Without CRF", "measured by others"), "GAIN"),
    Question("What has EPS on VOC val with DeepLab-v2?", "show lee2021railroad --board voc2012/val", "**70.9 %**",
             ("Saliency maps", "DeepLab-v2", "Pretraining: MS COCO", "With CRF"), "LPCAM"),
    Question("What has EPS on COCO, with which backbone?", "show EPS --board coco2014/val", "**35.7 %**",
             ("Backbone: VGG-16", "Saliency maps"), "CLIP-ES"),
    Question("Does ToCo need ImageNet-21k for 71.1?", "show ToCo --board voc2012/val", "**71.1 %**",
             ("ViT-B", "Pretraining: ImageNet-21k", "With CRF", "Single-stage"), "ToCo README"),
    Question("What does ToCo reach from ImageNet-1k weights?", "show ToCo --board voc2012/val", "**69.8 %**",
             ("DeiT-B", "Pretraining: ImageNet", "With CRF"), "ToCo README"),
    Question("And without CRF at a single scale?", "show ToCo --board voc2012/val", "**68.1 %**",
             ("DeiT-B", "Without CRF", "Single scale"), "ToCo README"),
    Question("What does DuPL reach on COCO with DeiT-B?", "show DuPL --board coco2014/val", "**43.5 %**",
             ("DeiT-B", "Pretraining: ImageNet", "With CRF"), "DuPL README"),
    Question("What is DuPL's best test score?", "show DuPL --board voc2012/test", "**72.8 %** (ImageNet-21k)",
             ("ViT-B", "Pretraining: ImageNet-21k"), "DuPL README"),
    Question("How much of CLIP-ES is due to COCO weights?", "show CLIP-ES --board voc2012/val", "**73.8 %**",
             ("CLIP model: ViT-B/16", "Pretraining: MS COCO"), "CLIP-ES README"),
    Question("And CLIP-ES from ImageNet weights?", "show lin2023clip --board voc2012/val", "**71.1 %**",
             ("CLIP", "Pretraining: ImageNet", "ResNet-101"), "CLIP-ES README"),
    Question("What CRF does WeCLIP use for 47.1 on COCO?", "show WeCLIP --board coco2014/val", "**47.1 %**",
             ("With CRF", "Pretraining: CLIP", "Single-stage"), "WeCLIP translation"),
    Question("What does WeCLIP reach on VOC test without CRF?", "show WeCLIP --board voc2012/test", "**75.2 %**",
             ("Without CRF", "Several scales and flip"), "WeCLIP translation"),
    Question("What has MCTformer on val, from which weights?", "show MCTformer --board voc2012/val", "**71.9 %**",
             ("WideResNet-38", "Pretraining: VOC classification", "Map network: DeiT-S", "With CRF"), "MCTformer paper"),
    Question("How does SIPE do on COCO with ResNet-101?", "show SIPE --board coco2014/val", "**40.6 %**",
             ("ResNet-101", "Pretraining: ImageNet"), "SIPE README"),
    Question("What does BECO reach with a SegFormer on test?", "show BECO --board voc2012/test", "**73.5 %**",
             ("SegFormer", "MiT-B2", "With CRF", "Several scales"), "BECO paper"),
    Question("What is AFA's val result?", "show AFA --board voc2012/val", "**66.0 %**",
             ("MiT-B1", "With CRF", "Several scales and flip"), "AFA README"),
    Question("What is the fully supervised bound that AFA's network has?", "show AFA --board voc2012/val",
             "**78.7 %** (fully supervised bound)", ("All pixel labels", "SegFormer", "MiT-B1"), "DuPL"),
    Question("What has AdvCAM with a few full masks?", "show lee2021anti --board voc2012/val", "**77.8 %** (semi-supervised)",
             ("Some pixel labels", "With CRF"), "AdvCAM issue 12"),
    Question("What does CLIMS reach on val from ImageNet weights?", "show CLIMS --board voc2012/val", "**69.3 %**",
             ("CLIP", "ResNet-101", "Pretraining: ImageNet", "With CRF"), "CLIMS README"),
    Question("Does MARS use anything beside labels?", "show MARS --board voc2012/test", "**77.2 %**",
             ("Image labels", "DINO", "With CRF"), "MARS README"),
    Question("What has BBAM from boxes?", "show BBAM --board voc2012/test", "**73.7 %**",
             ("Boxes", "Object proposals", "ResNet-101"), "SemFormer README"),
    Question("What did DSRG reach on COCO?", "show DSRG --board coco2014/val", "**26.0 %**",
             ("Saliency maps", "VGG-16"), "an author's page"),
    # The best under conditions
    Question("Best mIoU on VOC val with image labels, ResNet-101 and ImageNet weights?",
             "best voc2012/val supervision=image inputs=none backbone=ResNet-101 pretraining=ImageNet",
             "1. **73.0 %** KTSE", ("no extra inputs", "DeepLab-v2", "Pretraining: ImageNet"), "KTSE README"),
    Question("The same until 2022?",
             f"best voc2012/val {IMAGE} backbone=resnet-101 pretraining=imagenet year=2018,2019,2020,2021,2022",
             "1. **70.3 %** ViT-PCM", ("With CRF", "DeepLab-v2"), "BECO"),
    Question("Best with CLIP in 2022 and 2023?", "best voc2012/val supervision=image inputs=clip year=2022,2023",
             "1. **73.8 %** CLIP-ES", ("CLIP model: ViT-B/16", "Pretraining: MS COCO"), "CLIP-ES README"),
    Question("Best single-stage method of 2023?", f"best voc2012/val {IMAGE} pipeline=single-stage year=2023",
             "1. **71.1 %** ToCo", ("ViT-B", "ImageNet-21k"), "ToCo README"),
    Question("Best test score of 2021 with image labels alone?", f"best voc2012/test {IMAGE} year=2021",
             "1. **72.2 %** Puzzle-CAM", ("ResNeSt-269", "With CRF"), "Puzzle-CAM slides"),
    Question("Best from scribbles until 2022?", "best voc2012/val supervision=scribble inputs=none year=2020,2021,2022",
             "1. **77.6 %** TEL", ("Scribbles", "DeepLab-v3+", "Without CRF"), "TreeEnergyLoss README"),
    Question("Best from points?", "best voc2012/val supervision=Points inputs=none", "1. **68.0 %** TEL",
             ("Points", "Segmenter: LTF", "ResNet-101"), "TreeEnergyLoss README"),
    Question("Best from boxes alone in 2021?", "best voc2012/val supervision=box inputs=none year=2021",
             "1. **74.6 %** BAP", ("Boxes", "Pretraining: MS COCO", "With CRF"), "BANA reproduction"),
    Question("Best on COCO in 2023?", f"best coco2014 {IMAGE} year=2023", "1. **48.3 %** LPCAM",
             ("on AMN, UperNet", "Backbone: Swin"), "LPCAM paper"),
    Question("Best pseudo masks of 2021?", f"best voc2012-mask/train {IMAGE} year=2021", "1. **74.67 %** Puzzle-CAM",
             ("ResNeSt-269", "With CRF"), "Puzzle-CAM slides"),
    Question("Best with VGG-16 from image labels alone?", f"best voc2012/test {IMAGE} backbone=VGG-16",
             "1. **51.7 %** SEC", ("VGG-16", "With CRF"), "GAIN"),
    # What compares
    Question("Is DuPL better than ToCo on COCO, all else alike?", "compare DuPL ToCo", "**43.5 %** DuPL", (), "DuPL README"),
    Question("And what has ToCo there?", "compare DuPL ToCo", "**41.3 %** ToCo", (), "ToCo README"),
    Question("What does PPC add to SEAM under the same conditions?", "compare SEAM PPC", "**67.7 %** PPC (on SEAM)", (), "PPC README"),
    # What others saw
    Question("Who reproduced SEAM?", "show SEAM", "**61.5** on `voc2012/val`, aiming at 64.5: a reader", ("MMSegmentation",),
             "https://github.com/YudeWang/SEAM/issues/20"),
    Question("Did anybody reach EPS's 70.9?", "show EPS", "**70.5** on `voc2012/val`, aiming at 70.9: a user",
             ("With CRF", "masks of the released code, 69.3"), "https://github.com/halbielee/EPS/issues/10"),
    Question("Do others reach MCTformer's 71.9?", "show MCTformer", "**71.1** on `voc2012/val`, aiming at 71.9: two users",
             ("the authors' masks and weights",), "https://github.com/xulianuwa/MCTformer/issues/26"),
    Question("Which number of ToCo do tables print wrongly?", "show ToCo --board coco2014/val", "prints 42.3 for 42.2", (), "WeCLIP"),
    # Facts
    Question("May I use CLIP-ES's code?", "show CLIP-ES", "- Code: <https://github.com/linyq2117/CLIP-ES>", ("licence MIT", "PyTorch")),
    Question("Are DuPL's weights to be had, under which licence?", "show DuPL", "- Code: <https://github.com/Wu0409/DuPL>",
             ("licence none", "trained weights: yes")),
    Question("What does AFA build on?", "show 2203.02664", "- Builds on:", ("`xie2021segformer`", "`ahn2018learning`")),
    Question("Which paper of 2016 draws scribbles?", "find scribble year=2016", "- ScribbleSup (`lin2016scribblesup`, CVPR 2016)"),
]  # fmt: skip


@pytest.fixture(scope="module")
def library() -> Library:
    return load(ROOT)


def asked(command: str, capsys: Output) -> str:
    verb, *rest = command.split()
    assert main(["--papers", str(ROOT / "papers"), "--docs", str(ROOT / "docs"), verb, *rest]) == 0
    return capsys.readouterr().out


def tokens(text: str) -> int:
    """Count more than any tokeniser does: of words pieces of four letters, of numbers of three digits."""
    return len(re.findall(r"[A-Za-z]{1,4}|[0-9]{1,3}|[^\sA-Za-z0-9]", text))


@pytest.fixture
def at_hand(monkeypatch: pytest.MonkeyPatch, library: Library) -> None:
    """Spare the command the reading of the collection, which a test of all questions would wait for."""
    monkeypatch.setattr(Call, "library", lambda _: library)


def test_there_are_fifty() -> None:
    assert len({question.words for question in QUESTIONS}) == len(QUESTIONS) == 50


@pytest.mark.usefixtures("at_hand")
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.words)
def test_the_number_stands_with_its_conditions_and_its_source(question: Question, capsys: Output) -> None:
    text = asked(question.command, capsys)
    assert tokens(text) <= TOKENS
    lines = [line for line in text.splitlines() if question.right in line]
    assert lines, text
    shared = "".join(line for line in text.splitlines() if line.startswith("All of them: "))
    wanted = [line for line in lines if all(each in line + shared for each in question.under)]
    assert wanted, f"{question.under} not in {lines}"
    sources = dict(re.findall(r"^- (\[\d+\]) (.*), <", text, re.MULTILINE))
    if question.source.startswith("https:"):
        assert any(f"<{question.source}>" in line for line in wanted)
    elif question.source:
        marked = {sources[mark] for line in wanted for mark in re.findall(r"\[\d+\]", line)}
        assert question.source in marked


def test_published_records_answer_as_the_collection_does(
    library: Library, capsys: Output, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Call, "library", lambda _: library)
    commands = sorted({question.command for question in QUESTIONS})
    here = [asked(command, capsys) for command in commands]
    text = export(library, "json")
    published = read_published(text)
    monkeypatch.setattr(Call, "library", lambda _: published)
    assert [asked(command, capsys) for command in commands] == here
    (tmp_path / "papers.json").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)  # where no collection is
    assert main([*commands[0].split(), "--records", "papers.json"]) == 0
    assert capsys.readouterr().out == here[0]


@pytest.mark.usefixtures("at_hand")
def test_no_paper_and_no_board_is_too_long_an_answer(library: Library, capsys: Output) -> None:
    for key in library:
        assert tokens(asked(f"show {key}", capsys)) <= TOKENS, key
    boards = re.findall(r"`(\S+?/\S+?)`", asked("boards", capsys))
    assert len(boards) > 20
    for board in boards:
        assert tokens(asked(f"best {board}", capsys)) <= TOKENS, board
        assert tokens(asked(f"boards {board}", capsys)) <= TOKENS, board


@pytest.mark.usefixtures("at_hand")
def test_the_commands_of_the_docs_answer(capsys: Output) -> None:
    text = (ROOT / "docs" / "ask.md").read_text("utf-8")
    commands = [
        line for line in re.findall(r"^sphinx-papers (.+)$", text, re.MULTILINE) if "--records" not in line
    ]
    assert {command.split()[0] for command in commands} == {"show", "best", "boards", "compare", "find"}
    for command in commands:
        assert asked(command, capsys)
