"""Files that a row of a stock client declares: in a column, as the item of a push does."""

import json
from typing import Any

import pytest

from sync.files.models import File
from tests.sync.files.sender import Photo, Sender, picture
from tests.sync.stock import SENDERS, row


@pytest.mark.parametrize("push", SENDERS)
def test_a_row_declares_its_files_and_they_are_taken(sender: Sender, push: Any) -> None:
    photo = Photo(picture(1))
    made = row(item_files=json.dumps([photo.declared()]))
    assert push(sender.client, made).status_code == 200
    sender.send(photo)
    assert [(f["id"], f["state"]) for f in sender.row(made["id"])["files"]] == [(photo.id, "verified")]


@pytest.mark.parametrize("push", SENDERS)
def test_an_edited_row_replaces_its_file(sender: Sender, push: Any) -> None:
    first, second = Photo(picture(1)), Photo(picture(2))
    made = row(item_files=json.dumps([first.declared()]))
    push(sender.client, made)
    sender.send(first)
    second.replaces = first.id
    edited = made | {"item_files": json.dumps([second.declared()]), "item_seq": 2, "sync_state": "accepted"}
    push(sender.client, edited | {"rev": 1})
    sender.send(second)
    shown = dict(File.objects.values_list("id", "superseded"))
    assert {str(id_): superseded for id_, superseded in shown.items()} == {first.id: True, second.id: False}


def test_a_watermelon_push_says_what_is_waited_for(sender: Sender) -> None:
    made = row(item_files=json.dumps([Photo(picture(n)).declared() for n in range(2)]))
    told = [SENDERS[0](sender.client, made).json()["results"][0]["files_waiting"] for _ in range(2)]
    assert told == [2, 2]
