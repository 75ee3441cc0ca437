//! What changed in what is promised, and when: versions of the policy, and their announcements in
//! the app and by mail. Nothing holds before it was announced for 14 days; anything else does not
//! compile.

use crate::domain::language::Language;
use crate::domain::time::{DAY_MS, Millis};

use super::terms::NOTICE_DAYS;

/// A text in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub en: &'static str,
    /// Spanish.
    pub es: &'static str,
    /// German.
    pub de: &'static str,
    /// Simplified Chinese.
    pub zh: &'static str,
}

impl Words {
    /// The text in this language.
    pub const fn of(&self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Es => self.es,
            Language::De => self.de,
            Language::Zh => self.zh,
        }
    }
}

/// A day of the calendar, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    year: i64,
    month: i64,
    of_month: i64,
}

impl Day {
    /// The day of this date.
    pub const fn new(year: i64, month: i64, of_month: i64) -> Self {
        Self { year, month, of_month }
    }

    /// Its first moment. Years are counted from March, so that a leap day ends one.
    pub const fn begins(self) -> Millis {
        let year = if self.month > 2 { self.year } else { self.year - 1 };
        let month = (self.month + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + self.of_month - 1;
        let before = year * 365 + year / 4 - year / 100 + year / 400;
        Millis((before + day_of_year - 719_468) * DAY_MS)
    }

    /// As ISO 8601 writes it: `2026-11-22`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.of_month)
    }
}

/// A version of the policy.
#[derive(Clone, Copy, Debug)]
pub struct PolicyVersion {
    /// Counted from 1.
    pub number: u32,
    /// When it was made known.
    pub published: Day,
    /// From when it holds.
    pub effective: Day,
    /// What changed, one sentence each.
    pub changes: &'static [Words],
}

/// News of a change, shown and mailed from the day it is published.
#[derive(Clone, Copy, Debug)]
pub struct Announcement {
    /// Its name for ever: who has read it is remembered by it.
    pub id: &'static str,
    /// From when it is shown.
    pub published: Day,
    /// When the change holds, and it is no longer shown.
    pub effective: Day,
    /// In a few words.
    pub title: Words,
    /// What changes, in one or two sentences.
    pub text: Words,
}

impl Announcement {
    /// Whether it is shown at this moment.
    pub fn is_shown(&self, now: Millis) -> bool {
        self.published.begins() <= now && now < self.effective.begins()
    }
}

/// Every version, oldest first. The first one was there when the site opened.
pub const VERSIONS: &[PolicyVersion] = &[
    PolicyVersion {
        number: 1,
        published: Day::new(2026, 11, 20),
        effective: Day::new(2026, 11, 20),
        changes: &[Words {
            en: "The site opens: orders without an account, deleted after 48 hours.",
            es: "El sitio abre: pedidos sin cuenta, que se borran a las 48 horas.",
            de: "Die Website öffnet: Aufträge ohne Konto, die nach 48 Stunden gelöscht werden.",
            zh: "网站开放：无需账号即可下单，订单在 48 小时后删除。",
        }],
    },
    PolicyVersion {
        number: 2,
        published: Day::new(2026, 11, 22),
        effective: Day::new(2026, 12, 6),
        changes: &[
            Words {
                en: "Accounts: whoever signs in with Google has a history that is kept until its \
                     owner deletes it. Without an account nothing changes.",
                es: "Cuentas: quien entra con Google tiene un historial que se conserva hasta que \
                     su dueño lo borra. Sin cuenta no cambia nada.",
                de: "Konten: Wer sich mit Google anmeldet, hat einen Verlauf, der bleibt, bis man \
                     ihn löscht. Ohne Konto ändert sich nichts.",
                zh: "账号：使用 Google 登录后会有历史记录，保留到你自己删除为止。不登录则一切不变。",
            },
            Words {
                en: "With it come name, mail address and picture from Google, a list of where you \
                     are signed in, a trash, an export of everything and a deletion with a \
                     receipt.",
                es: "Con ellas llegan el nombre, el correo y la foto de Google, una lista de \
                     dónde has entrado, una papelera, la exportación de todo y un borrado con \
                     recibo.",
                de: "Dazu gehören Name, E-Mail-Adresse und Bild von Google, eine Liste, wo du \
                     angemeldet bist, ein Papierkorb, ein Export von allem und eine Löschung mit \
                     Beleg.",
                zh: "随之而来的有：来自 Google 的姓名、邮箱和头像，登录设备列表，回收站，全部数据\
                     的导出，以及带回执的删除。",
            },
            Words {
                en: "Google takes part in signing in, and mails are sent by Cloudflare.",
                es: "Google interviene al entrar, y los correos los envía Cloudflare.",
                de: "Google ist an der Anmeldung beteiligt, und E-Mails verschickt Cloudflare.",
                zh: "Google 参与登录，邮件由 Cloudflare 发送。",
            },
        ],
    },
];

/// Every announcement, oldest first.
pub const ANNOUNCEMENTS: &[Announcement] = &[Announcement {
    id: "accounts",
    published: Day::new(2026, 11, 22),
    effective: Day::new(2026, 12, 6),
    title: Words {
        en: "Accounts are here",
        es: "Ya hay cuentas",
        de: "Jetzt gibt es Konten",
        zh: "账号功能已上线",
    },
    text: Words {
        en: "Who signs in keeps every picture. The privacy policy that goes with it holds for \
             everybody from 6 December.",
        es: "Quien entra conserva todas sus imágenes. La política de privacidad que lo acompaña \
             vale para todos desde el 6 de diciembre.",
        de: "Wer sich anmeldet, behält alle Bilder. Die Datenschutzerklärung dazu gilt für alle \
             ab dem 6. Dezember.",
        zh: "登录后即可保留所有图片。与之相应的隐私政策自 12 月 6 日起对所有人生效。",
    },
}];

/// The announcement that is shown at this moment; of several the newest.
pub fn current(now: Millis) -> Option<&'static Announcement> {
    ANNOUNCEMENTS.iter().rev().find(|announcement| announcement.is_shown(now))
}

/// The version that the pages tell at this moment, which may hold for everybody only later: the
/// newest one that is published. Whoever signs in reads it and accepts it.
pub fn version(now: Millis) -> Option<&'static PolicyVersion> {
    let told = VERSIONS.iter().rev().find(|version| version.published.begins() <= now);
    told.or(VERSIONS.first())
}

/// Whether what is published on the one day may hold from the other.
pub const fn is_announced_in_time(published: Day, effective: Day) -> bool {
    effective.begins().since(published.begins()) >= NOTICE_DAYS * DAY_MS
}

const fn all_in_time() -> bool {
    let mut versions = VERSIONS;
    while let [version, rest @ ..] = versions {
        if version.number > 1 && !is_announced_in_time(version.published, version.effective) {
            return false;
        }
        versions = rest;
    }
    let mut announcements = ANNOUNCEMENTS;
    while let [one, rest @ ..] = announcements {
        if !is_announced_in_time(one.published, one.effective) {
            return false;
        }
        announcements = rest;
    }
    true
}

const _: () = assert!(all_in_time(), "a change is announced less than 14 days before it holds");
