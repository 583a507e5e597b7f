"""A recipe's name is the first folder of its outputs."""

import pytest

from producer.recipe.load import name_of


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("recipes/thu/recipe.yaml", "thu"),
        ("recipes/thu/nhap.yaml", "thu-nhap"),
        ("recipe.yaml", "recipe"),
        ("nhap.yaml", "nhap"),
    ],
)
def test_files_of_one_folder_have_their_own_names(path: str, name: str) -> None:
    """The folder's name for recipe.yaml, and the file's behind it for another."""
    assert name_of(path) == name
