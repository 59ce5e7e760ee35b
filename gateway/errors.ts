/**
 * Every error a person or a client program can meet: one code, one HTTP status, one sentence in each
 * console language that says what to do about it. Add here first, then throw with `fail()`.
 */
interface ErrorEntry {
  status: number
  zh: string
  en: string
}

const table = {
  INTERNAL: [
    500,
    '系统内部出错,已记录。请重试;若再次出现,请把编号告诉管理员。',
    'Something broke on our side and was logged. Try again; if it persists, give the request id to your administrator.',
  ],
  NOT_FOUND: [
    404,
    '没有找到该内容,可能已被删除。请刷新后再试。',
    'Not found; it may have been removed. Refresh and try again.',
  ],
  EXTENSION_BROKEN: [
    500,
    '扩展文件无法使用,其余功能不受影响。请按提示修改文件后重新启动。',
    'An extension file cannot be used; everything else runs. Mend it as told and start again.',
  ],
  CUSTOM_FAILED: [
    502,
    '扩展块运行出错,流程已从“出错”出口继续。请联系编写它的人。',
    'A custom block failed; the flow went on by its error exit. Tell whoever wrote it.',
  ],
  CUSTOM_SLOW: [
    504,
    '扩展块没有在限定时间内完成,流程已从“出错”出口继续。',
    'A custom block did not finish in time; the flow went on by its error exit.',
  ],
  BAD_PERIOD: [
    400,
    '时间段不对:开始日期须不晚于结束日期,且不超过三年。请重新选择。',
    'That period cannot be: it must begin before it ends and span at most three years. Choose again.',
  ],
  CALLS_FULL: [503, '线路全忙,请稍后再拨。', 'All lines are in use; call again in a moment.'],
  RECORDING_FAILED: [
    507,
    '录音未能开始:请检查数据目录的磁盘空间和写入权限。',
    'The recording could not begin; check free space and write permission of the data folder.',
  ],
  BAD_SDP: [
    400,
    '对方的媒体描述(SDP)无法解析,请检查话机或中继的编码设置。',
    'The session description (SDP) could not be read; check the codec settings of the phone or trunk.',
  ],
  NO_COMMON_CODEC: [
    488,
    '没有共同的语音编码:请在对端启用 PCMA 或 PCMU(G.711)。',
    'No common audio codec: enable PCMA or PCMU (G.711) at the other end.',
  ],
  NO_SPEECH_MODEL: [
    503,
    '该语言没有安装语音识别模型,来电者可用按键。安装:npm run models -- add zh',
    'No speech model is installed for this language; callers use keys. Install one: npm run models -- add en',
  ],
  TTS_DOWN: [
    503,
    '语音合成暂不可用,请稍后重试,或为该提示语上传录音。',
    'Speech synthesis is unavailable; retry shortly or upload a recording for this prompt.',
  ],
  NO_CALL: [
    409,
    '该会话当前没有通话。对方可能已挂机,请刷新。',
    'There is no call in this conversation; the other end may have hung up. Refresh.',
  ],
  NO_LINE: [
    409,
    '您的话机未接入:请允许浏览器使用麦克风,或在右上角改用分机、手机。',
    'Your phone is not connected: allow the microphone, or choose an extension or mobile at the top right.',
  ],
  SESSION_REFUSED: [
    409,
    '对方拒绝了这次通话变更(例如保持或重新协商),通话仍按原样继续。',
    'The other end refused to change the call (hold, for example); the call goes on as it was.',
  ],
  NO_TRUNK: [
    409,
    '没有可用的外呼中继(或没有中继可显示所选的主叫号码)。请管理员在“设置 › 电话 › 中继”中启用一个。',
    'No trunk may call out (or none may show the number chosen); an administrator can enable one in Settings › Telephony › Trunks.',
  ],
  NUMBER_BARRED: [
    403,
    '中继的拨号规则不允许呼叫该号码。如确需拨打,请管理员在“设置 › 电话 › 中继”中放开。',
    'The dial rules of the trunks do not allow this number; an administrator can admit it in Settings › Telephony › Trunks.',
  ],
  BAD_NUMBER: [
    400,
    '号码格式不正确:请填 2 至 24 位数字,可带国家码前的 +。',
    'This is not a telephone number; use 2 to 24 digits, with a + before the country code.',
  ],
  EXTENSION_AWAY: [
    409,
    '该分机未注册或无人接听,请稍后再试或改拨其他号码。',
    'This extension is not registered or does not answer; try later or another number.',
  ],
  AGENT_AWAY: [
    409,
    '这位坐席的工作台未打开,请另选坐席或转到队列。',
    'This agent has no console open; choose somebody else, or transfer to a queue.',
  ],
  TELEPHONY_OFF: [
    503,
    '电话功能未启动(端口被占用或未配置)。请管理员查看“设置 › 电话”。',
    'Telephony is not running (port in use or not configured); see Settings › Telephony.',
  ],
  BAD_REQUEST: [
    400,
    '请求格式不正确,请检查标出的字段。',
    'The request is malformed; check the fields named in the details.',
  ],
  UNKNOWN_PARAMETER: [
    400,
    '这个地址没有这样的查询参数(见详情 unknown),结果会与所想的不同,所以没有执行。请改用详情 known 中的参数。',
    'This address knows no such query parameter (unknown in the details); the answer would not be what was asked for. Use those named under known.',
  ],
  BAD_JSON: [400, '请求内容不是有效的 JSON。', 'The body is not valid JSON.'],
  TOO_LARGE: [
    413,
    '内容太大,请缩小后重试。',
    'The content is too large; make it smaller and retry.',
  ],
  UNSUPPORTED_AUDIO: [
    415,
    '录音请用 WAV、MP3、FLAC、OGG(Vorbis/Opus)、WebM 或 AMR。其他格式(如 M4A/AAC)请在控制台上传,浏览器会自动转换;或先转换:ffmpeg -i in.m4a out.wav',
    'Recordings are taken as WAV, MP3, FLAC, Ogg (Vorbis, Opus), WebM or AMR. Upload others (M4A, AAC) in the console, where the browser converts them, or convert first: ffmpeg -i in.m4a out.wav',
  ],
  UNSUPPORTED_MEDIA: [415, '不支持这种内容类型。', 'This content type is not supported.'],
  RATE_LIMITED: [429, '操作太频繁,请稍候再试。', 'Too many requests; wait a moment and retry.'],
  UNAUTHENTICATED: [401, '请先登录。', 'Sign in first.'],
  BAD_CREDENTIALS: [401, '工号或密码不正确。', 'The user name or password is wrong.'],
  PASSWORD_CHANGE_REQUIRED: [
    403,
    '首次登录请先修改密码。',
    'Change the one-time password before you go on.',
  ],
  WEAK_PASSWORD: [
    400,
    '密码至少 10 个字符,且不能与工号相同。',
    'Use at least 10 characters, different from the user name.',
  ],
  FORBIDDEN: [
    403,
    '您的角色没有这项权限,请联系管理员。',
    'Your role does not allow this; ask an administrator.',
  ],
  BAD_ORIGIN: [
    403,
    '请求来源不在允许名单内,请在接入账号设置中加入该网址。',
    'This origin is not on the allow-list; add it in the account settings.',
  ],
  BAD_TOKEN: [
    401,
    '访客凭证无效或已过期,请刷新页面。',
    'The visitor token is invalid or expired; reload the page.',
  ],
  BAD_MOBILE: [
    400,
    '这个号码收不到短信:请填手机号码,境外号码请加国家码(例如 +44…)。',
    'This number takes no text messages; give a mobile number, with its country code when it is not Chinese (+44…).',
  ],
  BAD_EMAIL: [
    400,
    '邮箱地址不正确,或是本系统自己的地址。请核对后再填,例如 name@example.com。',
    'This is no e-mail address, or one of our own; check it, e.g. name@example.com.',
  ],
  SUBJECT_NEEDED: [
    400,
    '新邮件需要主题,请填写一行。',
    'A new e-mail needs a subject; write one line.',
  ],
  NO_WRITING_FIRST: [
    409,
    '这个账号不能主动写信给客户,或已停用。请改用短信或邮箱账号。',
    'This account cannot write to anybody first, or is switched off; choose one of SMS or e-mail.',
  ],
  THREAD_BUSY: [
    409,
    '与这个号码或地址的另一个会话正在进行(见详情)。请打开那个会话,或等它结束。',
    'Another conversation with this number or address is going on (see the details); go on in that one, or wait until it ends.',
  ],
  NO_SMS_ACCOUNT: [
    409,
    '没有可用的短信账号,无法发送验证码。请管理员在“设置 › 渠道”中添加并启用一个短信账号(只能发模板的账号还需名为 otp 的模板)。',
    'No SMS account can send the code; an administrator can add and enable one in Settings › Channels (one that sends approved texts only also needs a template named otp).',
  ],
  CODE_NOT_SENT: [
    502,
    '验证码未能发出,请稍后重发,或换一种方式核实身份。',
    'The code could not be sent; send it again in a moment, or make sure who it is in another way.',
  ],
  CODE_TOO_OFTEN: [
    429,
    '验证码请求太频繁:同一号码每分钟 1 次、每小时 5 次、每天 10 次。请稍后再试。',
    'Too many codes: one a minute, five an hour and ten a day for one number. Try again later.',
  ],
  CODE_WRONG: [
    400,
    '验证码不正确,请核对短信后重新输入。',
    'The code is wrong; compare it with the message and enter it again.',
  ],
  CODE_EXPIRED: [
    410,
    '验证码已过期或尚未发送,请重新发送。',
    'The code has expired or none was sent; send a new one.',
  ],
  CODE_TRIES: [
    429,
    '错误次数过多,该验证码已作废,请重新发送。',
    'Too many wrong codes; this one no longer counts. Send a new one.',
  ],
  CONFLICT: [
    409,
    '内容已被别人修改,请刷新后再改。',
    'Somebody else changed this meanwhile; refresh and redo your change.',
  ],
  DUPLICATE: [
    409,
    '同名内容已存在,请换一个名称。',
    'One with this name exists already; choose another name.',
  ],
  TAKEN: [
    409,
    '该号码、地址或用户名已用在另一条设置里(见详情),请换一个,或先在那里移除。',
    'This number, address or user name is used by another setting (see the details); choose another or remove it there.',
  ],
  RECORDING_GONE: [
    410,
    '录音文件已不在:已超过保存期限、已删除或没有录下声音。',
    'The audio is gone: its retention ended, it was deleted, or nothing was recorded.',
  ],
  IN_USE: [
    409,
    '仍在使用中,不能删除。请先解除引用。',
    'Still in use; remove the references first.',
  ],
  SHUTTING_DOWN: [
    503,
    '系统正在停机维护,请稍后重试。',
    'The system is shutting down; retry shortly.',
  ],
  STORE_DOWN: [
    503,
    '数据存储暂时不可用,消息未丢失,请稍后重试。',
    'Storage is unavailable for a moment; retry shortly.',
  ],
  ACCOUNT_DISABLED: [403, '该接入账号已停用。', 'This channel account is disabled.'],
  FILE_TYPE: [
    415,
    '不支持这种文件。可发送:图片(JPG/PNG/GIF/WebP)、PDF、Word、Excel、文本、音频。',
    'This kind of file is not accepted. Images, PDF, Word, Excel, text and audio are.',
  ],
  FILE_TOO_LARGE: [
    413,
    '文件超过 10 MB,请压缩后再发。',
    'The file is larger than 10 MB; compress it first.',
  ],
  BAD_DOCUMENT: [
    415,
    '读不出这份文件(原因见详情)。请另存为 .docx、.xlsx、.csv(UTF-8 或 GBK)或 .txt,去掉密码后再上传。',
    'This document cannot be read (see the details). Save it as .docx, .xlsx, .csv or .txt, without a password, and upload it again.',
  ],
  DOCUMENT_TOO_LARGE: [
    413,
    '文件太大或内容太多(限制见详情)。请拆成几份,只留要导入的内容。',
    'The document is too large or holds too much (the limit is in the details); split it, and keep only what is to be imported.',
  ],
  FILE_EMPTY: [400, '文件是空的。', 'The file is empty.'],
  MESSAGE_EMPTY: [400, '消息是空的。', 'The message is empty.'],
  MESSAGE_TOO_LONG: [400, '消息太长,请分几条发送。', 'The message is too long; send it in parts.'],
  NOT_YOURS: [
    409,
    '这个会话不在您名下,可能已转出或被接管。',
    'This conversation is not yours; it may have been transferred or taken over.',
  ],
  WINDOW_CLOSED: [
    409,
    '对方太久没有发来消息,平台已不允许回复。可发送模板消息、短信,或致电对方。',
    'The contact has not written for too long, and the provider allows no reply. Send an approved template or an SMS, or call.',
  ],
  QUOTA_USED_UP: [
    409,
    '平台允许的回复条数已用完,对方再发来消息后即可继续。也可发送模板消息或致电。',
    'All replies the provider allows are used up; you can go on when the contact writes again, or send a template or call.',
  ],
  OPTED_OUT: [
    409,
    '对方已退订本号码的短信。请改用电话或其他渠道;对方回复 START 后恢复。',
    'The contact has unsubscribed from the texts of this number. Call, or use another channel; START from them resumes it.',
  ],
  NO_MEDIA_HERE: [
    409,
    '这个渠道不能发送文件,请改为发送文字或链接。',
    'Files cannot be sent on this channel; send words or a link.',
  ],
  TEMPLATE_ONLY: [
    409,
    '这个短信账号只能发送服务商审核过的模板,不能发送自由文字。请改用模板,或致电对方。',
    'This SMS account sends texts approved by the provider only, no free words; choose a template, or call.',
  ],
  TEMPLATE_PARAMS: [
    400,
    '模板参数不完整,请填写标出的内容。',
    'Fill in every parameter of the template that the details name.',
  ],
  PROVIDER_REFUSED: [
    502,
    '服务商拒绝了这次请求(原因见详情)。请核对该账号的设置和在服务商处的权限。',
    'The provider refused this (see the details); check the settings of the account and its permissions there.',
  ],
  PROVIDER_CREDENTIALS: [
    502,
    '服务商不认可该账号的密钥或密码。请在“设置 › 渠道”中重新填写。',
    'The provider does not accept the key or password of the account; enter it anew in Settings › Channels.',
  ],
  PROVIDER_IP: [
    502,
    '服务商不允许从本机的 IP 地址调用(见详情)。请把它加入服务商处的 IP 白名单。',
    'The provider does not allow calls from the address of this machine (see the details); add it to the IP allow-list there.',
  ],
  CHANNEL_DEPENDENCY_MISSING: [
    503,
    '该渠道所需的软件包未安装。请在程序目录运行详情中的命令,稍后会自动启用。',
    'A package this channel needs is not installed; run the command of the details in the program folder, and it begins by itself.',
  ],

  PROVIDER_UNREACHABLE: [
    503,
    '暂时联系不上服务商,请检查网络和接口地址,稍后重试。',
    'The provider cannot be reached; check the network and the address of its API, and retry shortly.',
  ],
  CALL_LINK_OVER: [
    410,
    '这个通话链接已失效:链接 30 分钟内有效,会话结束后也不能再用。请回到刚才的对话里发一句话,请客服再发一次。',
    'This call link is over: it is good for 30 minutes and until the conversation ends. Write a word where you got it, and ask for a new one.',
  ],
  CALL_LINK_BAD: [
    404,
    '这个通话链接不完整或无效。请回到刚才的对话里重新点击链接,或请客服再发一次。',
    'This call link is incomplete or not ours. Tap it again in the conversation, or ask there for a new one.',
  ],
  NOT_CALLABLE: [
    400,
    '请填写能回拨的手机或固定电话号码(固话带区号,境外号码以 + 和国家码开头)。',
    'Give a telephone number we can call: a mobile or landline with its area code; from abroad with + and the country code.',
  ],
  CALL_ELSEWHERE: [
    409,
    '通话已转到另一个打开的页面。',
    'The call went on in another page where the link was opened.',
  ],
  ALREADY_ON_CALL: [
    409,
    '该会话已有一个通话正在进行,请先结束它。',
    'A call is going on in this conversation already; end it first.',
  ],
  PUBLIC_THREAD: [
    409,
    '这里的回复所有人都看得到,不能发通话链接。请对方发私信,或直接打电话。',
    'Everybody can read what is answered here, so no call link is sent; ask for a direct message, or telephone.',
  ],
  PUBLIC_URL_NEEDED: [
    409,
    '需要一个外网能打开的网址,但系统不知道自己的公网地址。请管理员设置 YILU_PUBLIC_URL 后重启。',
    'This needs an address the world can open, and ours is not known; an administrator sets YILU_PUBLIC_URL and restarts.',
  ],
  PICTURE_TOO_LARGE: [
    413,
    '图片太大:微博只接受 5 MB 以下的 JPEG、PNG、GIF,请压缩后再发。',
    'The picture is too large: Weibo takes JPEG, PNG and GIF below 5 MB; compress it first.',
  ],
  OFFER_GONE: [
    409,
    '该会话已由他人接待或来访者已离开。',
    'This offer has ended: someone else took it or the visitor left.',
  ],
  WRONG_STATE: [
    409,
    '会话当前状态不能执行该操作,请刷新。',
    'The conversation is not in a state that allows this; refresh.',
  ],
  AT_CAPACITY: [
    409,
    '您的接待数已满,请先结束一个会话。',
    'You are at capacity; close a conversation first.',
  ],
  NO_SUCH_AGENT: [404, '没有这位坐席。', 'There is no such agent.'],
  NO_SUCH_QUEUE: [404, '没有这个队列。', 'There is no such queue.'],
  NO_SUCH_COMMAND: [
    400,
    '不认识的指令,请刷新页面更新控制台。',
    'Unknown command; reload the page to update the console.',
  ],
  LAST_ADMINISTRATOR: [409, '至少要保留一位管理员。', 'At least one administrator must remain.'],
  FLOW_INVALID: [
    422,
    '流程有错误,未能发布。请按提示修改。',
    'The flow has errors and was not published; mend what the details name.',
  ],
  FLOW_TESTS_FAILED: [
    422,
    '流程自带的测试没有全部通过,未能发布。请修改流程,或更正不再适用的测试。',
    'Tests of the flow failed, so it was not published; mend the flow, or the tests that no longer hold.',
  ],
  FLOW_CALLERS_TESTS_FAILED: [
    422,
    '调用本流程的其他流程的测试将不再通过(见详情),未能发布。请修改本流程,或先在那些流程中更正测试并发布。',
    'Tests of flows that lead to this one would no longer hold (see the details), so it was not published; mend this flow, or first mend and publish those tests.',
  ],
  FLOW_TESTS_SLOW: [
    422,
    '流程自带的测试迟迟没有结束,已停止,未能发布。请检查是否有绕圈的对话,或减少测试。',
    'The tests of the flow took too long and were stopped, so it was not published; look for a dialog that goes in circles, or keep fewer tests.',
  ],
  FLOW_IN_USE: [
    409,
    '流程仍在使用中(见详情),不能删除。请先让它们改用别的流程,进行中的会话结束后再试。',
    'The flow is still in use (see the details); lead those elsewhere first, and wait until the conversations inside have ended.',
  ],
  FLOW_FILE_BAD: [
    400,
    '这不是有效的流程文件,或内容被改动过(原因见详情)。请重新导出后再导入。',
    'This is no sound flow file, or it was changed (see the details); export it again and import that.',
  ],
  FLOW_NOT_FOUND: [404, '没有这个流程或版本。', 'There is no such flow or version.'],
  SOURCE_FAILED: [
    502,
    '外部数据暂时查不到,请稍后再试。',
    'The data source did not answer; try again later.',
  ],
  APPROVAL_NEEDS_NOTE: [
    409,
    '自己(或同一角色)写的内容由自己审核时,请填写审核说明;或请其他角色的同事审核。',
    'Approving wording of your own role needs a note saying why; or ask a colleague of another role to approve it.',
  ],
  NOTHING_TO_UNDO: [
    409,
    '这一步之前的内容已不再保留,无法撤销。请直接修改问答。',
    'What stood before this change is no longer kept, so it cannot be undone; edit the entry instead.',
  ],
  TOO_MANY_VARIANTS: [
    409,
    '每种语言最多 50 种问法。请先删去意思相近的几条。',
    'An entry holds at most 50 wordings per language; remove some that say the same.',
  ],
  CATEGORY_IN_USE: [
    409,
    '该分类下还有问答。请先把它们移到其他分类。',
    'There are entries in this category; move them to another one first.',
  ],
  ANSWERS_NOT_SET: [
    409,
    '请先填写模型服务的地址和模型名称,再开启。',
    'Fill in the address of the model server and the name of the model before switching it on.',
  ],
  ANSWERS_KEY_AGAIN: [
    409,
    '服务地址换了,请重新填写密钥:原来的密钥不会发给新的地址。',
    'The address changed; enter the key again: the stored one is not sent to a new address.',
  ],
  NO_SUCH_INTENTS: [
    404,
    '没有这个意图库,或它还没有训练过。请在“知识库 › 意图”中训练后再用。',
    'There is no such set of intents, or it was never trained; train it in Knowledge › Intents.',
  ],
  INTENTS_TAKEN: [
    409,
    '已有使用这个标识的意图库,请换一个标识。',
    'There is a set of intents with this key already; choose another key.',
  ],
  INTENTS_IN_USE: [
    409,
    '还有流程使用这个意图库(见详情),不能删除。请先在这些流程中改用别的。',
    'Flows still use this set of intents (see the details); change them first.',
  ],
  INTENTS_TOO_FEW: [
    409,
    '至少要有两个带例句的意图才能训练。请再添加意图和例句。',
    'Training needs at least two intents with examples; add some.',
  ],
  TOO_MANY_EXAMPLES: [
    413,
    '例句太多:每个意图每种语言最多 300 句,整个意图库最多 6000 句。请删去意思重复的。',
    'Too many examples: at most 300 per intent and language, and 6,000 in the whole set. Remove those that say the same.',
  ],
  SYNONYM_TAKEN: [
    409,
    '这个词已在另一组同义词里。请从那一组删去,或把两组合并。',
    'This word stands in another group of synonyms already; take it out there, or join the two groups.',
  ],
  SOURCE_ADDRESS: [
    403,
    '这个地址指向内部网络或不允许的端口,系统不会连接。如确需使用,请运维在环境变量 YILU_SOURCE_ALLOW 中加入该主机或网段后重启。',
    'This address leads into an internal network or to a port that is not allowed, and is not connected to. If it is meant, the operator adds the host or range to YILU_SOURCE_ALLOW and restarts.',
  ],
  SOURCE_UNREACHABLE: [
    502,
    '连不上数据源。请检查地址、端口和对方是否在运行。',
    'The data source cannot be reached; check its address and port, and whether it runs.',
  ],
  SOURCE_SLOW: [
    504,
    '数据源在限定时间内没有回答。请调大超时时间,或让查询更快。',
    'The data source did not answer in time; allow it more, or make the question lighter.',
  ],
  SOURCE_TLS: [
    502,
    '加密连接未能建立(证书不受信任、过期或与主机名不符)。请检查证书,或填入对方的 CA 证书。',
    'No trusted TLS connection came about (certificate unknown, expired or for another name); check it, or enter the CA certificate.',
  ],
  SOURCE_STATUS: [
    502,
    '数据源拒绝了请求(HTTP 状态见详情)。请检查地址、参数和认证方式。',
    'The data source refused the request (HTTP status in the details); check address, parameters and sign-in.',
  ],
  SOURCE_REDIRECT: [
    502,
    '数据源要求跳转到另一个地址,系统不会跟随。请把最终地址直接填入。',
    'The data source sent us to another address, which is not followed; enter the final address.',
  ],
  SOURCE_TOO_LARGE: [
    502,
    '数据源的回答太大。请让它返回更少的内容,或调大上限。',
    'The answer is too large; ask for less, or raise the limit.',
  ],
  SOURCE_NOT_JSON: [
    502,
    '数据源的回答不是有效的 JSON。请检查地址是否是数据接口而不是网页。',
    'The answer is not valid JSON; check that the address is one of an API and not of a web page.',
  ],
  SOURCE_SIGN_IN: [
    502,
    '数据源不认可用户名、密码或令牌。请重新填写认证信息。',
    'The data source does not accept the user name, password or token; enter them anew.',
  ],
  SOURCE_STATEMENT: [
    400,
    '查询语句不能执行(原因见详情)。只能是一条只读查询,参数写成 {{名称}} 且不加引号。',
    'The query cannot be run (see the details): it is one that only reads, with parameters as {{name}} outside quotes.',
  ],
  SOURCE_TEMPLATE: [
    400,
    '请求内容模板不是有效的 JSON。参数写在双引号里,例如 "{{city}}"。',
    'The template is not valid JSON; parameters stand within double quotes, as "{{city}}".',
  ],
  SOURCE_PARAMETER: [
    400,
    '参数缺失或不能用于此处(见详情)。请在流程的查询块中填写该参数。',
    'A parameter is missing or cannot stand there (see the details); fill it in at the query block of the flow.',
  ],
  SOURCE_RESTING: [
    503,
    '数据源连续失败,暂停访问片刻后自动重试。',
    'The data source failed several times in a row and is left alone for a moment; it is tried again by itself.',
  ],
  SOURCE_SECRET: [
    409,
    '保存的密码或令牌无法解开(系统密钥已更换)。请重新填写。',
    'The stored password or token cannot be opened (the secret of this installation changed); enter it anew.',
  ],
  SOURCE_SECRET_ANEW: [
    400,
    '地址、用户名或加密方式改变后,需重新填写密码或令牌,以免它被发往别处。',
    'After a change of address, user or encryption the password or token is entered anew, so that it is never sent elsewhere.',
  ],
  NO_SUCH_SOURCE: [404, '没有这个数据源。', 'There is no such data source.'],
} as const satisfies Record<string, readonly [number, string, string]>

export type ErrorCode = keyof typeof table

/** The entry of one code, in the shape clients and documents use. */
export function errorEntry(code: ErrorCode): ErrorEntry {
  const [status, zh, en] = table[code]
  return { status, zh, en }
}

export const errorCodes = Object.keys(table) as ErrorCode[]

/** An error of the table, with optional machine-readable details (never personal data). */
export class YiluError extends Error {
  readonly code: ErrorCode
  readonly details: unknown
  constructor(code: ErrorCode, details?: unknown) {
    super(`${code}: ${table[code][2]}`)
    this.name = 'YiluError'
    this.code = code
    this.details = details
  }
  get status(): number {
    return table[this.code][0]
  }
}

/** Shape of an error on every wire (REST, webchat, desk). */
export interface WireError {
  code: ErrorCode
  zh: string
  en: string
  details?: unknown
  requestId?: string
}

/** What a client is told: the table's sentences, never an inner message or stack. */
export function wireError(error: unknown, requestId?: string): WireError {
  const code = error instanceof YiluError ? error.code : 'INTERNAL'
  const { zh, en } = errorEntry(code)
  const details = error instanceof YiluError ? error.details : undefined
  return {
    code,
    zh,
    en,
    ...(details !== undefined && { details }),
    ...(requestId && { requestId }),
  }
}

export function fail(code: ErrorCode, details?: unknown): never {
  throw new YiluError(code, details)
}
