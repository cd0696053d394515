"""What is read, what names it, and what does not count as input."""

from __future__ import annotations

from pipelines.inputs import content_hash, input_folder


def test_an_inbox_counts_as_soon_as_it_holds_a_file_that_is_not_hidden(tmp_path):
    (tmp_path / "sample").mkdir()
    (tmp_path / "inbox").mkdir()
    for name in (".gitkeep", ".lock", ".change"):
        (tmp_path / "inbox" / name).touch()
    assert input_folder(tmp_path) == tmp_path / "sample"
    (tmp_path / "inbox" / "neighbourhoods.csv").touch()
    assert input_folder(tmp_path) == tmp_path / "inbox"


def test_what_is_on_its_way_does_not_change_the_name_of_a_mart(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "neighbourhoods.csv").write_text("neighbourhood_id,name\n", encoding="utf-8")
    before = content_hash(tmp_path, inbox)
    (inbox / ".aside-1").mkdir()
    (inbox / ".aside-1" / "0").write_text("half of it", encoding="utf-8")
    (inbox / ".lock").touch()
    assert content_hash(tmp_path, inbox) == before
    (inbox / "uploads.csv").write_text("received_at\n", encoding="utf-8")
    assert content_hash(tmp_path, inbox) != before


def test_counts_of_the_cascade_are_part_of_the_name_of_a_mart(tmp_path):
    (tmp_path / "neighbourhoods.csv").write_text("neighbourhood_id,name\n", encoding="utf-8")
    names = [content_hash(tmp_path, tmp_path)]
    for count in (12, 13, 12):
        path = tmp_path / "cascade_counts.csv"
        path.write_text(f"neighbourhood_id,count\nash,{count}\n", encoding="utf-8")
        names.append(content_hash(tmp_path, tmp_path))
    assert len(set(names)) == 3
    assert names[1] == names[3]
