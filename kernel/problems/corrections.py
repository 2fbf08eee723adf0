"""Codes of corrections. What a phone may be told says "visit" and nothing else."""

from kernel.problems import define

define("visit_not_yours", 409, "没有这项走访任务", "There is no such visit for you")
define("visit_without_subject", 400, "须指明走访任务或走访对象", "Name the visit task or the person")
define("visit_form_not_allowed", 400, "该方式不适用于此次走访", "This form does not fit the visit")
define(
    "visit_needs_place_or_reason",
    400,
    "须有定位或说明无定位的原因",
    "A point or the reason for none is required",
)
define("visit_judged", 409, "走访记录已由工作人员评判，不能修改", "The visit was judged; it stays as it is")
define(
    "visit_fact_stands",
    409,
    "走访的事实（对象、方式、结果、地点）不能修改",
    "Whom, how, where and with what result stands; only words and way can be amended",
)
define("group_without_officer", 409, "小组须有工作人员", "The group has no officer", law="CCL-25")
define(
    "group_without_woman", 409, "女性对象的小组须有女性成员", "The group has no female member", law="CCL-25"
)
define(
    "group_without_minors_expert",
    409,
    "未成年人的小组须有熟悉未成年人的成员",
    "The group has nobody who knows minors",
    law="CCL-52",
)
define(
    "group_member_not_worker",
    409,
    "只有网格员等工作人员账号可加入",
    "Only an account that assists may join",
    law="CCL-12",
)
define("group_member_twice", 409, "该成员已在小组内", "Already a member in these dates")
define(
    "minor_needs_group_member",
    409,
    "未成年人仅限小组成员走访",
    "Minors are visited by group members only",
    law="CCL-54",
)
define("plan_without_contacts", 409, "方案没有联系安排", "The plan has no contacts", law="CCL-24")
define(
    "schooling_unknown",
    409,
    "未满十六周岁的须注明就学情况",
    "Under sixteen the plan says how it is with school",
    law="CCL-55",
)
define(
    "schooling_needs_help",
    409,
    "义务教育中断的，方案须有就学帮扶",
    "School was broken off: the plan helps back to it",
    law="CCL-55",
)
define(
    "work_from_sixteen",
    409,
    "未满十六周岁的不安排就业帮扶",
    "Help with work comes from sixteen on",
    law="CCL-55",
)
define("plan_without_help", 409, "方案须有帮扶措施", "The plan has no help measure", law="CCL-1")
define("quiet_hours_too_short", 409, "安静时段过短", "The quiet hours are too short", law="CCL-34a")
define(
    "frequency_without_cap", 409, "频次须有下限和上限", "A frequency needs a least and a most", law="CCL-34a"
)
define("frequency_too_dense", 409, "频次过密", "The frequency is denser than once a day", law="CCL-34a")
define("form_planned_twice", 409, "同一方式重复安排", "One form is planned twice")
define(
    "above_plan_needs_note",
    409,
    "超出方案上限须写明必要性",
    "Above the plan's most: say why it is proportionate",
    law="CCL-34a",
)
define("plan_needs_group", 409, "须先启用矫正小组", "An active group comes first", law="CCL-25")
define("plan_needs_order", 409, "须先登记执行依据", "An order comes first", law="CCL-2")
define("term_end_not_stated", 400, "文书须载明截止日期", "The document must state the last day")
define("term_has_no_length", 400, "须填写期限", "The term has no length")
define("term_takes_no_credit", 400, "该类别不折抵羁押日期", "Nothing is credited in this category")
define("term_is_negative", 400, "期限不得为负", "The term has negative parts")
define("term_ends_before_start", 400, "截止日期早于起算日期", "The term ends before it starts")
define(
    "finding_needs_injunction", 409, "当日没有有效的禁止令，须先登记禁止令",
    "No injunction was in force that day: write it down first", law="CCL-29a",
)  # fmt: skip
define(
    "ground_needs_records", 409, "该事由须写明所依据的先前决定",
    "This ground rests on earlier decisions: name those that stand", law="CCM-35",
)  # fmt: skip
define("term_beyond_law", 400, "超过法定最长期限", "Longer than the law knows", law="C-1")
define("term_over", 409, "期限已满", "The term is over", law="CCL-44")
define(
    "term_end_needs_agency", 403, "期限因此届满的，须由矫正机构登记",
    "A document that ends the term is written down by the agency", law="CCL-9/10",
)  # fmt: skip
define("term_needs_second_officer", 409, "须由另一名工作人员核对", "Another officer has to confirm")
define(
    "ground_only_for_04",
    400,
    "仅暂予监外执行须选择情形",
    "The ground belongs to category 04 alone",
    law="CCL-2",
)
define("guardian_required", 400, "未成年人须登记监护人", "A guardian is required for a minor", law="CCL-53")
define("person_already_registered", 409, "该人已登记", "The person is registered already")
define(
    "place_not_yours", 409, "执行地不在本单位辖区", "The execution place lies outside your area", law="CCL-17"
)
define("ground_not_of_kind", 400, "事由与决定种类不符", "This ground belongs to another kind", law="CCL-28")
define("kind_not_of_category", 409, "该矫正类别不适用此种决定", "Not for this category", law="CCL-X4")
define("decider_is_drafter", 409, "拟稿人不得作出决定", "Who drafted it may not decide", law="CCL-9/10")
define("guardian_part_missing", 409, "未成年人须通知监护人到场", "A minor's guardian is called", law="CCM-55")
define(
    "service_needs_witness", 400, "拒绝签收须有见证人", "A refused signature needs a witness", law="CCM-32"
)
define("result_needs_proposal", 409, "仅对已作出的提请登记结果", "Only a proposal has a result", law="CCM-36")
define("objection_needs_another", 409, "作出决定的人员不得处理异议", "Another officer answers", law="CCM-32")
define(
    "second_decider_required",
    409,
    "须由其他单位人员共同作出",
    "Somebody of another unit has to decide with you",
    law="CCL-61",
)
define(
    "second_decider_not_fit",
    409,
    "须为其他单位且有权的人员",
    "A second decider comes from another unit and may decide",
    law="CCL-61",
)
define(
    "second_decider_asker_only",
    403,
    "只有提请人可以撤回",
    "Only who asked for a second decider withdraws it",
    law="CCL-61",
)
define(
    "complaint_needs_outsider",
    409,
    "须交由该人员单位以外的人员办理",
    "A complaint goes to somebody outside of the officer's unit",
    law="CCL-34b",
)
define("proof_not_standing", 409, "证明材料不成立或不属于本人", "A proof does not stand", law="CCL-29a")
define(
    "positioning_unproved",
    409,
    "该事由缺少证明材料",
    "The ground's proving records are missing",
    law="CCL-29a",
)
define("approver_is_applicant", 409, "申请人不得审批", "The applicant may not approve", law="CCL-29b")
define("positioning_term", 409, "期限不得超过三个月", "Three months at most", law="CCL-29c")
define("positioning_one_at_a_time", 409, "已有电子定位决定", "There is an order already", law="CCL-29a")
define(
    "positioning_nothing_to_extend",
    409,
    "没有可延长的电子定位，或已过期",
    "Nothing in force to prolong",
    law="CCL-29c",
)
define("positioning_other_device", 409, "设备编号不符", "This is not the device of the order", law="CCM-37")
define("nothing_asked", 409, "没有待回答的询问", "Nothing was asked")
define("ending_other_paper", 409, "此类结束不适用该文书", "This end has another paper", law="CCL-44")
define("notices_missing", 409, "尚有通知未发出", "A notice has not gone out", law="CCL-44")
define("end_comes_by_itself", 400, "期满自动解除", "A term ends by itself", law="CCL-44")
define("already_detained", 409, "已登记羁押", "A detention stands already", law="CCM-41")
define("transfer_under_way", 409, "已有执行地变更在办理", "A transfer is under way", law="CCM-30")
define("transfer_not_due", 409, "报到期限未到", "The time to report is not over", law="CCM-31")
define(
    "assessment_needs_visit",
    409,
    "须先走访再出具意见",
    "A visit comes before the opinion",
    law="CCM-14",
)
define("signer_is_drafter", 409, "拟稿人不得签发", "Who drafted it may not sign", law="CCM-14")
define(
    "entry_needs_injunction",
    409,
    "须有在该期间有效的禁止令",
    "There is no injunction that holds on those days",
    law="CCM-39",
)
define("receipt_needs_documents", 409, "尚未登记收到文书", "No documents have arrived", law="CCM-16")
define("court_needs_proposal", 409, "仅适用于已作出的提请", "Only a proposal to a court", law="CCL-46/48")
define("arrest_not_of_kind", 409, "仅提请撤销缓刑、假释可提请逮捕", "Not for this proposal", law="CCL-47")
define(
    "plan_change_needs_reason",
    400,
    "调整方案须有考核评估或理由",
    "A later plan rests on an evaluation or says why",
    law="CCM-22",
)
define(
    "commendation_too_early", 409, "接受矫正尚不满可予表扬的期限", "Good conduct has not lasted long enough",
    law="CCM-33",
)  # fmt: skip
define("member_without_duty", 409, "小组成员尚未明确职责", "A member has undertaken nothing", law="CCM-19")
define("review_needs_hospital", 400, "病情复查报告须写明医院", "A review names the hospital", law="CCM-24b")
define(
    "lengthening_not_fit", 409, "期限不可如此延长", "The report's term cannot be lengthened so", law="CCM-24b"
)
define(
    "lengthening_needs_document", 409, "须先登记上级机关决定", "The higher agency's document comes first",
    law="CCM-24b",
)  # fmt: skip
define(
    "lengthening_needs_another", 409, "须由另一名工作人员决定或核对", "Another officer decides or compares",
    law="CCM-24b",
)  # fmt: skip
define(
    "aftercare_needs_person", 409, "须有本人知情并在场参与", "The person knows of it and takes part",
    law="CCM-53",
)  # fmt: skip
define(
    "aftercare_after_release", 409, "仅解除矫正的衔接安置帮教", "Help follows a release, and no other end",
    law="CCM-53",
)  # fmt: skip
define("aftercare_open", 409, "本人要求的安置帮教尚未衔接", "The help the person wants is not handed over",
       law="CCM-53")  # fmt: skip
define("visit_witness_not_named", 409, "见证人须为指定的走访人员", "The witness is not named for the visit")
define("reception_complete", 409, "接收已办结", "The reception is complete", law="CCL-21")
define("report_not_asked", 409, "该联系不是定期报告", "This contact asks for no report", law="CCM-24a")
define(
    "report_incomplete", 400, "定期报告须写明全部五项内容", "A periodic report tells of all five matters",
    law="CCM-24a",
)  # fmt: skip
