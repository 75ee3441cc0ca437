//! The words of the data map.

use crate::pages::text::Counted;
use crate::pages::text::data::{CategoryText, CategoryTexts, DataText, PlaceText, ProcessorText};
use crate::policy::browser::{CookieId, KeptId, Store};
use crate::policy::data_map::{Basis, Until};
use crate::policy::parties::ProcessorId;
use crate::policy::terms::{Term, Unit};

/// The words of the data map.
pub(super) const DATA: DataText = DataText {
    until_when: "保留到何时",
    more: "法律依据、公司、位置",
    legal_basis: "法律依据",
    handled_by: "由谁处理",
    where_it_lies: "存放位置",
    article: "GDPR 第 {article} 条",
    gets: "收到的内容",
    place: "所在地",
    keeps: "保留多久",
    hosts: "主机",
    terms_link: "其自身条款",
    name: "名称",
    purpose: "用途",
    how_long: "保留多久",
    what: "内容",
    needs_consent: "仅在你同意之后。",
    until_forgotten: "直到你清除它，或清空浏览器",
    version: "第 {number} 版",
    published: "发布于 {date}",
    effective: "自 {date} 起生效",
    places: PlaceText {
        columns: "数据库，表 {name}：",
        table: "数据库，表 {name}",
        files: "{name} 下的私有文件",
        object: "限额和队列的存储，{name}",
        cookie: "你的浏览器，Cookie {name}",
        log: "日志",
        recovery: "数据库自带的恢复历史",
        nowhere: "不存放：只在回应你的请求时使用",
    },
    categories: CATEGORIES,
    basis,
    until,
    amount,
    term,
    processor,
    cookie,
    kept,
    store,
};

const fn of(title: &'static str, purpose: &'static str) -> CategoryText {
    CategoryText { title, purpose }
}

const CATEGORIES: CategoryTexts = CategoryTexts {
    pictures: of("你的照片和图片", "生成图片并展示给你。存储之前，位置和其他隐藏数据已被移除。"),
    order: of(
        "订单",
        "你的选择、你填写的内容、各个时间、移除了哪些类型的隐藏数据、我们为此付的费用和你反馈的问\
         题：用于生成图片，并向你展示相关信息。",
    ),
    trial: of(
        "统计免费图片",
        "你的 Cookie 的指纹和每个订单的时间，已删除的订单还有其编号的指纹：用于统计免费图片，并防\
         止重复下单。",
    ),
    network: of(
        "统计一个网络的订单",
        "你所在网络的带密钥指纹，每天更换：防止一个网络用完所有人的机会。",
    ),
    connection: of(
        "你的 IP 地址和浏览器",
        "每个请求都会带来这些信息。我们用它们防止滥用，并告诉你在哪台设备上登录；我们不会记录地址。",
    ),
    history: of("你的历史记录", "哪些订单属于你，以及你的星标、评分和标签：方便你找回自己的图片。"),
    account: of(
        "你的账号",
        "Google 提供的或你更正过的姓名、邮箱和头像，Google 给你的编号，语言和外观：让你可以登录，\
         也让我们能联系到你。",
    ),
    session: of(
        "你在哪里登录",
        "你浏览器中一个秘密数字的指纹、设备类型和最近使用时间：让你保持登录，并可以从任何地方退出。",
    ),
    sign_in: of(
        "正在进行的登录",
        "把 Google 的回答与发起请求的浏览器绑定的信息：防止有人冒充你登录。",
    ),
    email_change: of("新的邮箱地址", "等待你确认的地址。"),
    consent: of("你同意过的内容", "哪份文本、何时同意、何时撤回：我们必须能够证明。"),
    restriction: of("限制处理与反对", "从何时起你要求我们停止处理，或不把你计入统计。"),
    export: of("下载你的数据", "你要求的压缩包，包含你账号的全部内容。"),
    deletion: of(
        "待执行的删除",
        "你的账号将在何时删除，以及回执代码的指纹：在此之前你都可以取消。",
    ),
    receipt: of(
        "删除回执",
        "签名的证明，写明何时删除了什么，供持有代码的人使用。其中不含任何人的标识。",
    ),
    mail: of("给你的邮件", "尚待发送的邮件的收件人和内容：安全通知、变更公告和你要求的邮件。"),
    waitlist: of(
        "候补名单",
        "你的邮箱地址、加入时所在的页面和时间、是否已确认：按你的要求给你写信。",
    ),
    counts: of(
        "计数",
        "订单如何结束、用时多久、反馈了哪些问题：用于[服务状态页](/status)。其中不含任何人或任何订\
         单的标识。",
    ),
    log: of(
        "日志",
        "每个请求一行，含页面类型、结果、耗时和一个随机数：用于查找故障。其中没有地址，没有链接，\
         也没有你填写的任何内容。",
    ),
    operator_log: of("运营者做过什么", "我们查看或发送过什么，不含个人数据：没有人能暗中这样做。"),
    recovery: of("数据库的恢复历史", "出现故障时，可以恢复数据行中的内容。图片从不存放在那里。"),
};

const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Consent => "你已同意，并可随时撤回",
        Basis::Contract => "没有它，我们无法完成你的要求",
        Basis::Duty => "法律要求",
        Basis::Interest => "让服务正常运行、不被滥用，是我们的正当利益",
        Basis::NotPersonal => "不需要：其中没有个人信息",
    }
}

const fn until(until: Until) -> &'static str {
    match until {
        Until::OrderEnds => {
            "没有账号时：下单后 {anonymous_order} 小时，或直到你删除。之后任何人都无法打开；文件会\
             在一小时内移除。"
        }
        Until::OwnerDeletes => {
            "有账号时：直到你删除。之后放入回收站，最迟第 {trash} 天彻底删除；清空回收站则立即删除。"
        }
        Until::LeftBehind => {
            "如果在为你移动文件时出错，可能会留下一份副本。它最迟在下单后 {leftover} 小时被找到并删除。"
        }
        Until::AccountEnds => "与你的账号相同：你要求删除账号 {account_deletion} 小时后即消失。",
        Until::For(_) => "{time}",
        Until::AtMost(_) => "最多 {time}",
        Until::SignedOut => {
            "直到你退出登录；最迟为最近一次使用后 {session_idle} 天，以及登录后 \
             {session_absolute} 天。"
        }
        Until::Sent => {
            "直到发送为止，最多 {outbox} 天；最后一封（附删除回执）最多 {last_mail} 小时"
        }
        Until::Left => "直到你退出名单。如果我们写过邮件而你没有确认，则为 {unconfirmed} 天。",
        Until::Replaced => "至少 {counts} 小时，直到被新的计数取代",
        Until::Answered => "不保留",
        Until::SiteEnds => "只要网站存在",
    }
}

const fn amount(unit: Unit) -> Counted {
    match unit {
        Unit::Minutes => Counted { one: "1 分钟", other: "{count} 分钟" },
        Unit::Hours => Counted { one: "1 小时", other: "{count} 小时" },
        Unit::Days => Counted { one: "1 天", other: "{count} 天" },
        Unit::Months => Counted { one: "1 个月", other: "{count} 个月" },
        Unit::Years => Counted { one: "1 年", other: "{count} 年" },
    }
}

const fn term(term: Term) -> &'static str {
    match term {
        Term::AnonymousOrder => "没有账号的订单可以打开的时间",
        Term::PictureLink => "图片链接最长有效时间",
        Term::ProviderLink => "Kie AI 的照片链接有效时间",
        Term::TrialWindow => "统计免费图片的时间范围",
        Term::SpentTry => "用掉的机会最多记住的时间",
        Term::NetworkCount => "网络计数保留的时间",
        Term::ClosedOrder => "已关闭订单的链接显示“已删除”而不是“从未存在”的时间",
        Term::Counts => "服务状态页的计数至少保留的时间",
        Term::Trash => "账号中删除的内容在回收站里最多停留的时间",
        Term::Leftover => "遗留的订单文件副本最迟被找到的时间",
        Term::AccountDeletion => "可以取消删除账号的时间",
        Term::Receipt => "删除回执等待你领取的时间",
        Term::Export => "导出内容可以下载的时间",
        Term::ExportNote => "保留曾有导出的记录的时间",
        Term::SessionIdle => "登录在不使用时保持的时间",
        Term::SessionAbsolute => "登录最长保持的时间",
        Term::SignIn => "已开始的登录可以完成的时间",
        Term::EmailChange => "新邮箱地址可以确认的时间",
        Term::Outbox => "无法发送的邮件会重试的时间",
        Term::LastMail => "附删除回执的邮件连同其地址等待发送的时间",
        Term::Unconfirmed => "候补名单上未确认的地址保留的时间",
        Term::Log => "日志最多保留的时间",
        Term::Recovery => "数据库历史（我们唯一的备份）可回溯的时间",
        Term::ProviderResult => "Kie AI 保留结果副本的时间",
        Term::ProviderRecords => "Kie AI 保留工作记录的时间",
        Term::Preference => "语言和外观被记住的时间",
        Term::Notice => "变更在生效前公告的时间",
    }
}

const fn processor(id: ProcessorId) -> ProcessorText {
    match id {
        ProcessorId::Cloudflare => ProcessorText {
            role: "为我们运行网站、存储和数据库，并保存日志。",
            gets: "[隐私政策](/privacy#kept)列出的全部内容；每个请求还有你的 IP 地址，以及你的浏览\
                   器提供的自身信息。",
            place: "美国；其网络遍布各地。文件和数据库存放在哪里，由运营者在建站时选定。",
            keeps: "日志最多 {log} 天，数据库历史 {recovery} 天，其他内容直到我们删除",
        },
        ProcessorId::Kie => ProcessorText {
            role: "生成图片。",
            gets: "你的照片的链接（{provider_link} 分钟内有效）、你的选择和你填写的内容；绝不会收\
                   到你的 IP 地址、Cookie、姓名或邮箱地址。",
            place: "它没有说明。请按欧盟以外的国家考虑。",
            keeps: "结果 {provider_result} 天，工作记录 {provider_records} 个月；我们无法缩短。它\
                    没有说明会将取走的照片保留多久。",
        },
        ProcessorId::Google => ProcessorText {
            role: "在你登录时说明你是谁。对此由 Google 自行负责。",
            gets: "你在这里登录，以及登录的时间。没有照片，没有订单。",
            place: "美国和爱尔兰",
            keeps: "按其自身条款",
        },
        ProcessorId::Mail => ProcessorText {
            role: "发送我们的邮件。",
            gets: "你的邮箱地址和我们写给你的内容。",
            place: "美国",
            keeps: "直到邮件送达，并按其自身条款；我们在 {outbox} 天后放弃发送",
        },
        ProcessorId::GoogleAnalytics => ProcessorText {
            role: "在你同意之后，统计文字页面的访问。",
            gets: "你打开其中哪些页面，以及你的浏览器提供的自身信息。不包括任何有照片的页面。",
            place: "美国和爱尔兰",
            keeps: "按其自身条款",
        },
        ProcessorId::Clarity => ProcessorText {
            role: "在你同意之后，记录文字页面的使用情况。仅限年满 18 周岁的人士。",
            gets: "你在这些页面上的操作，文字会被遮盖。不包括任何有照片的页面。",
            place: "美国",
            keeps: "按其自身条款",
        },
    }
}

const fn cookie(id: CookieId) -> &'static str {
    match id {
        CookieId::AnonSid => "一个随机数，用于统计你的免费图片，并防止同一订单重复下单",
        CookieId::Language => "你选择的语言（如果你选过）",
        CookieId::Theme => "浅色或深色（如果你选过）",
        CookieId::Session => "让你保持登录的秘密数字",
        CookieId::SignIn => "登录进行期间，把登录与此浏览器绑定",
        CookieId::SignedIn => "表明你已登录，让页面显示正确的菜单",
        CookieId::GoogleAnalytics => "Google Analytics：区分访客",
        CookieId::ClarityVisitor => "Clarity：区分访客",
        CookieId::ClarityVisit => "Clarity：哪些页面属于同一次访问",
    }
}

const fn kept(id: KeptId) -> CategoryText {
    match id {
        KeptId::RememberedPhoto => {
            of("你上次使用的人物照片", "仅当你让浏览器记住它时。它不会自行离开浏览器。")
        }
        KeptId::SiteFiles => of("网站的文件", "样式表、脚本和离线时显示的页面。对所有人都相同。"),
        KeptId::Announcement => of("你关闭了哪条公告", "不再重复显示。"),
        KeptId::Consent => of("你对分析统计的选择", "只询问你一次。"),
    }
}

const fn store(store: Store) -> &'static str {
    match store {
        Store::Cache => "浏览器的缓存",
        Store::Local => "浏览器的存储",
    }
}
