"""Everything that writes screenings and disputes."""

from disputes.services.acts import (
    attempt_record,
    colour_set,
    dispute_suspend,
    follow_up_decline,
    mediators_name,
    party_apply,
    party_refuse,
    watch_extend,
)
from disputes.services.amending import AMENDED, screenings_amend
from disputes.services.briefs import brief_set
from disputes.services.danger import danger_call_up, dispute_danger_opened, screening_opened
from disputes.services.joint import (
    Asked,
    Said,
    Whistle,
    joint_answer,
    joint_ask,
    joint_decide,
    joint_send,
    joint_stop,
    joint_supply,
    joint_withdraw,
)
from disputes.services.merging import dispute_merge, dispute_unmerge
from disputes.services.moving import dispute_hand_up, dispute_step, dispute_transition, dispute_walk
from disputes.services.opening import place_screening
from disputes.services.placing import dispute_place
from disputes.services.protecting import (
    clerk_end,
    clerk_name,
    protection_lift,
    protection_set,
    safe_channel_set,
    ways_explain,
    ways_to_explain,
    wish_record,
)
from disputes.services.rounds import round_close, round_open, round_progress, round_to_do_done, round_visit
from disputes.services.settling import dispute_settle, note_add
from disputes.services.submitting import SUBMITTED, screening_record, screenings_submit
from disputes.services.triaging import Triage, dispute_reroute, dispute_triage, triage_suggested

__all__ = [
    "AMENDED",
    "SUBMITTED",
    "Asked",
    "Said",
    "Triage",
    "Whistle",
    "attempt_record",
    "brief_set",
    "clerk_end",
    "clerk_name",
    "colour_set",
    "danger_call_up",
    "dispute_danger_opened",
    "dispute_hand_up",
    "dispute_merge",
    "dispute_place",
    "dispute_reroute",
    "dispute_settle",
    "dispute_step",
    "dispute_suspend",
    "dispute_transition",
    "dispute_triage",
    "dispute_unmerge",
    "dispute_walk",
    "follow_up_decline",
    "joint_answer",
    "joint_ask",
    "joint_decide",
    "joint_send",
    "joint_stop",
    "joint_supply",
    "joint_withdraw",
    "mediators_name",
    "note_add",
    "party_apply",
    "party_refuse",
    "place_screening",
    "protection_lift",
    "protection_set",
    "round_close",
    "round_open",
    "round_progress",
    "round_to_do_done",
    "round_visit",
    "safe_channel_set",
    "screening_opened",
    "screening_record",
    "screenings_amend",
    "screenings_submit",
    "triage_suggested",
    "watch_extend",
    "ways_explain",
    "ways_to_explain",
    "wish_record",
]
