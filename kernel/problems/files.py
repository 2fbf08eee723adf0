"""Codes of files: of uploads (tus 1.0), of what an item declares (422, in the answer of a push), of links."""

from kernel.problems import define

define("tus_version", 412, "不支持的 tus 版本", "Only tus 1.0.0 is spoken here; send Tus-Resumable")
define("tus_header", 400, "上传请求头有误", "A header of the upload is missing or malformed")
define("upload_media_type", 415, "上传内容类型有误", "A part is sent as application/offset+octet-stream")
define("upload_length_required", 411, "须给出内容长度", "A part needs a Content-Length")
define("upload_length_mismatch", 400, "长度与登记不符", "The length is not the one that was declared")
define("file_unknown", 404, "未登记的附件，请先提交记录", "No such file is declared; push its record first")
define("upload_unknown", 404, "上传尚未开始", "No upload of this file has begun; begin one")
define("upload_expired", 410, "上传已过期，请重新开始", "The upload has expired; begin a new one")
define("upload_offset_mismatch", 409, "续传位置不符", "The part does not begin where the file stands")
define("upload_too_long", 413, "超出登记的长度", "The part goes beyond the declared length")
define("file_too_large", 413, "附件过大", "The file is larger than allowed")
define(
    "files_full", 429, "本设备今日附件流量已达上限", "This device's share of file bytes of the day is used"
)
define("checksum_unsupported", 400, "不支持的校验算法", "Only sha1 and sha256 are known")
define("checksum_mismatch", 460, "分段校验不符，请重发", "The part was damaged on its way; send it again")
define(
    "file_hash_mismatch",
    460,
    "附件与登记的校验值不符，请重新上传",
    "The file is not the one that was declared; begin again",
)
define("file_final", 409, "附件已核验，不能撤销", "The file is verified and stays")
define("file_refused", 422, "附件已被拒绝，请另行登记", "The file was refused; declare another in its place")
define("file_type_mismatch", 422, "附件内容与登记类型不符", "The content is not of the declared type")
define("image_unreadable", 422, "图片无法读取", "The image cannot be read")
define("image_too_large", 422, "图片像素过多", "The image has too many pixels")
define("pdf_unreadable", 422, "PDF 文件无法读取", "The PDF cannot be read")
define("pdf_encrypted", 422, "PDF 已加密，请去除密码后上传", "The PDF is encrypted; take the password off")
define("pdf_too_many_pages", 422, "PDF 页数过多，请分开上传", "The PDF has too many pages; send it in parts")
define(
    "pdf_active",
    422,
    "PDF 文件含脚本、动作或内嵌文件，请打印成普通 PDF 后上传",
    "The PDF holds a script, an action or another file; print it to a plain one",
)

define("files_not_taken", 422, "该类记录不收附件", "This kind of record takes no files")
define("files_too_many", 422, "附件过多", "The record has too many files")
define("files_too_large", 422, "记录的附件总量过大", "The files of the record are too large together")
define("file_type_not_allowed", 422, "不允许的附件类型", "This type of file is not taken")
define("file_id_reused", 422, "附件编号已被使用", "The id of the file was used before")
define(
    "file_not_replaceable",
    422,
    "附件不能被替换（已审核、已有新版本或不属于该记录）",
    "The file is reviewed, has a newer version, or is not of this record; it cannot be replaced",
)

define("file_not_ready", 409, "附件尚未核验", "The file is not verified yet")
define("link_invalid", 403, "链接无效或已过期", "The link is not valid any more; ask for a new one")
define("file_key_gone", 410, "附件密钥已销毁", "The key of the file was destroyed")
