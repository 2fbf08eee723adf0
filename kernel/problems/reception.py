"""Codes of reception, files and limits."""

from kernel.problems import define

define("reception_incomplete", 409, "接收手续未完成", "The reception is not complete", law="CCL-22")
define("announcement_needs_guardian", 409, "宣告须监护人在场", "The guardian has to be there", law="CCM-55")
define("announcement_needs_witness", 409, "拒签须有见证人", "A refusal to sign needs a witness", law="CCL-22")
define("end_differs", 409, "期满日期不一致", "Not the last day that was computed", law="CCL-44")
define("end_needs_two_officers", 409, "期满日期须由两名工作人员核对", "Two officers confirm the last day")
define("file_does_not_take_it", 409, "材料不属于该档案", "This paper is the other file's", law="CCM-18")
