from __future__ import annotations

import pytest

from sphinx_papers.model.records.registry import Registry, Venue, VenueKind
from sphinx_papers.model.records.venue_name import VenueNames


def venue(key: str, name: str, full: str, kind: VenueKind = VenueKind.CONFERENCE, *aliases: str) -> Venue:
    return Venue(
        id=key, name=name, full=full, proceedings=f"Proceedings of the {full}", kind=kind, aliases=aliases
    )


NAMES = VenueNames(
    Registry(
        venues={
            each.id: each
            for each in (
                venue("cvpr", "CVPR", "IEEE/CVF Conference on Computer Vision and Pattern Recognition"),
                venue("pr", "PR", "Pattern Recognition", VenueKind.JOURNAL),
                venue(
                    "neurips",
                    "NeurIPS",
                    "Neural Information Processing Systems",
                    VenueKind.CONFERENCE,
                    "NIPS",
                ),
                venue("tip", "TIP", "IEEE Transactions on Image Processing", VenueKind.JOURNAL),
                venue("law", "LAW", "Workshop on Labels", VenueKind.WORKSHOP),
                venue("twin-a", "Twin", "Twin Conference"),
                venue("twin-b", "Twin", "Other Twin Conference"),
            )
        }
    )
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CVPR", "cvpr"),
        ("cvpr 2021", "cvpr"),
        ("CVPR'21", "cvpr"),
        ("CVPR21", "cvpr"),
        ("CVPR2021", "cvpr"),
        ("CVPR 2021 (Oral)", "cvpr"),
        ("In: Proc. CVPR", "cvpr"),
        ("2021 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)", "cvpr"),
        ("Proceedings of the 34th Conference on Computer Vision and Pattern Recognition", "cvpr"),
        ("Pattern Recognition", "pr"),
        ("IEEE Trans. Image Process.", "tip"),
        ("NIPS", "neurips"),
        ("CVPR 2021 Oral", "cvpr"),
        ("Accepted by CVPR_2021", "cvpr"),
        ("IEEE CVPR 2021", "cvpr"),
        ("Proceedings of the IEEE Conference on Computer Vision and Pattern Recognition", "cvpr"),
        ("In Proc. IEEE Pattern Recognition", "pr"),
        ("Pattern Recognition Letters", None),
        ("CVPRW 2021", None),
        ("CVPR Workshops", None),
        ("CVPR 2021 (Workshop)", None),
        ("Workshop on Labels 2021", "law"),
        ("Computer Vision", None),
        ("Twin 2020", None),
        ("", None),
        ("2021", None),
    ],
)
def test_a_venue_is_found_by_its_usual_names_or_not_at_all(text: str, found: str | None) -> None:
    assert NAMES.find(text) == found
