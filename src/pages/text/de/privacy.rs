//! What is kept, why, where and for how long.

use crate::pages::text::article::Block::{Definitions, List, Paragraph, Table};
use crate::pages::text::{Article, Section};

/// What is kept, why, where and for how long.
pub(super) const PRIVACY: Article = Article {
    title: "Datenschutz",
    description: "Was wir speichern, warum, wo und wie lange: Fotos 48 Stunden, kein Tracking, \
                  kein Training, keine Werbung, drei Cookies.",
    lede: "Was wir speichern, warum, wo und wie lange. Das hier beschreibt die Software, wie sie \
           heute läuft.",
    sections: &[
        Section {
            id: "short",
            title: "Kurz gesagt",
            blocks: &[List(&[
                "Deine Fotos und dein Bild werden 48 Stunden nach deinem Auftrag gelöscht, oder \
                 sofort, wenn du sie löschst.",
                "Standort und andere versteckte Daten werden aus deinen Fotos entfernt, bevor wir \
                 sie speichern.",
                "Zwei Unternehmen sind beteiligt: Cloudflare betreibt die Website, Kie AI erstellt \
                 das Bild.",
                "Wir trainieren nichts mit deinen Fotos und verkaufen nichts.",
                "Kein Konto, keine Nutzungsanalyse, keine Werbung, nichts von anderen Websites \
                 geladen.",
            ])],
        },
        Section {
            id: "kept",
            title: "Was gespeichert wird und bis wann",
            blocks: &[
                Table(
                    &["Was", "Wofür", "Bis wann"],
                    &[
                        &[
                            "Deine Fotos und das Bild",
                            "Um das Bild zu erstellen und dir zu zeigen",
                            "48 Stunden nach dem Auftrag, oder bis du sie löschst. Nach 48 Stunden \
                             kann niemand sie mehr öffnen; die Dateien selbst werden innerhalb der \
                             nächsten Stunde entfernt.",
                        ],
                        &[
                            "Der Auftrag: deine Auswahl, was du geschrieben hast, seine Zeiten, \
                             welche Arten versteckter Daten entfernt wurden, was er uns gekostet \
                             hat, Probleme, die du gemeldet hast",
                            "Um das Bild zu erstellen und dir die Fakten dazu zu zeigen",
                            "So lange wie seine Fotos",
                        ],
                        &[
                            "Ein Fingerabdruck deines Cookies, mit der Zeit jedes Auftrags; bei \
                             einem gelöschten Auftrag auch einer seiner Nummer",
                            "Um die 3 kostenlosen Bilder in 24 Stunden zu zählen, auch die \
                             gelöschter Aufträge",
                            "48 Stunden",
                        ],
                        &[
                            "Ein mit einem Schlüssel gebildeter Fingerabdruck deines Netzwerks, \
                             der jeden Tag wechselt",
                            "Damit nicht ein Netzwerk allen anderen den Platz wegnimmt",
                            "2 Tage",
                        ],
                        &[
                            "Zählungen: wie Aufträge endeten, wie lange sie dauerten, welche \
                             Probleme gemeldet wurden",
                            "Für die [Statusseite](/status). Sie nennen niemanden und keinen \
                             Auftrag.",
                            "Mindestens 48 Stunden, bis neuere Zählungen an ihre Stelle treten",
                        ],
                        &[
                            "Eine Protokollzeile pro Anfrage: Art der Seite, Ergebnis, Dauer und \
                             eine Zufallszahl",
                            "Um Fehler zu finden. Sie enthält keine Adresse, keinen Link und \
                             nichts, was du geschrieben hast.",
                            "Ein paar Tage",
                        ],
                        &[
                            "Deine E-Mail-Adresse, wenn du auf die Warteliste gehst, und auf \
                             welcher Seite und wann",
                            "Um dir ein einziges Mal zu schreiben, wenn es Konten gibt",
                            "Bis wir geschrieben haben, oder bis du uns bittest, sie zu entfernen",
                        ],
                    ],
                ),
                Paragraph(
                    "Von einem gelöschten Auftrag bleibt nichts als der verbrauchte Versuch, wie \
                     die Tabelle sagt. Sein Link selbst trägt die Zeit des Auftrags und ein \
                     Zeichen, das zeigt, dass er von uns stammt: So kann er bis 30 Tage nach der \
                     Zeit des Auftrags „gelöscht“ sagen statt „gab es nie“.",
                ),
                Paragraph(
                    "Unsere Datenbank führt bis zu 30 Tage lang einen eigenen \
                     Wiederherstellungsverlauf, falls etwas kaputtgeht. Was in einer Zeile stand, \
                     etwa was du unter „Noch ein Wunsch?“ geschrieben hast, lässt sich in dieser \
                     Zeit daraus zurückholen. Bilder liegen dort nie.",
                ),
            ],
        },
        Section {
            id: "photos",
            title: "Wie deine Fotos geschützt sind",
            blocks: &[List(&[
                "Standort, Kameradaten, Bildbeschreibungen und andere versteckte Daten werden \
                 herausgenommen: in deinem Browser, wo er es kann, und noch einmal, wenn das Foto \
                 ankommt. Auf der Seite des Auftrags steht, was gefunden wurde.",
                "Bilder liegen in privatem Speicher ohne öffentliche Adresse. Gezeigt werden sie \
                 über signierte Links, die spätestens nach 15 Minuten nicht mehr funktionieren.",
                "Ein Auftrag hat einen geheimen Link, der sich nicht erraten lässt, und \
                 Suchmaschinen werden angewiesen, fernzubleiben. Wer den Link hat, kann den \
                 Auftrag sehen und löschen; behandle ihn also wie einen Schlüssel.",
                "Alles wird verschlüsselt übertragen.",
                "Keine Software von uns erkennt Gesichter.",
            ])],
        },
        Section {
            id: "companies",
            title: "Wer sie sonst noch sieht",
            blocks: &[
                Definitions(&[
                    (
                        "Kie AI",
                        "Erstellt das Bild. Bekommt Links zu deinen Fotos, die 20 Minuten lang \
                         gelten, deine Auswahl und was du geschrieben hast; niemals deine Adresse, \
                         dein Cookie oder deine E-Mail-Adresse. Kie AI behält das Ergebnis 14 Tage \
                         und Aufzeichnungen über die eigene Arbeit 2 Monate lang, und wir können \
                         das nicht verkürzen. Wie lange die abgerufenen Fotos dort bleiben, sagt \
                         Kie AI nicht.",
                    ),
                    (
                        "Cloudflare",
                        "Betreibt für uns die Website, den Speicher und die Datenbank. Wie bei \
                         jeder Website sieht Cloudflare deine IP-Adresse und was dein Browser über \
                         sich sagt. Wir nutzen die Adresse nur, um zu begrenzen, wie viel ein \
                         Netzwerk in Auftrag gibt, und schreiben sie nicht auf.",
                    ),
                ]),
                Paragraph(
                    "Sonst niemand. An Behörden geben wir Daten nur heraus, wo das Gesetz uns dazu \
                     verpflichtet, und wir können nur herausgeben, was in der Tabelle oben steht.",
                ),
            ],
        },
        Section {
            id: "cookies",
            title: "Cookies",
            blocks: &[
                Table(
                    &["Name", "Wofür", "Wie lange"],
                    &[
                        &[
                            "__Host-anon_sid",
                            "Eine Zufallszahl, die deine kostenlosen Bilder zählt und verhindert, \
                             dass ein Auftrag doppelt angelegt wird",
                            "48 Stunden nach deinem letzten Auftrag",
                        ],
                        &[
                            "lang",
                            "Die Sprache, die du gewählt hast, falls du eine gewählt hast",
                            "1 Jahr",
                        ],
                        &["theme", "Hell oder dunkel, falls du eins gewählt hast", "1 Jahr"],
                    ],
                ),
                Paragraph(
                    "Alle drei sind für das nötig, worum du gebeten hast, deshalb gibt es kein \
                     Banner zum Wegklicken. Ein Foto, das dein Browser sich für dich merkt, bleibt \
                     in deinem Browser, bis du dem Formular sagst, dass es das Foto vergessen \
                     soll.",
                ),
            ],
        },
        Section {
            id: "rights",
            title: "Deine Rechte",
            blocks: &[
                Paragraph(
                    "Einen Auftrag kannst du über seinen Link selbst ansehen, herunterladen und \
                     löschen. Für alles andere, etwa eine Kopie deiner Daten, eine Berichtigung, \
                     eine Einschränkung, einen Widerspruch oder das Verlassen der Warteliste, \
                     schreib an {contact}. Ohne Konto kennen wir keinen Namen, nach dem wir suchen \
                     könnten: Schick den Link des Auftrags, den du meinst.",
                ),
                List(&[
                    "Wir verarbeiten deine Fotos, weil du uns bittest, ein Bild daraus zu machen.",
                    "Wir zählen und begrenzen, weil wir ein Interesse an einem Dienst haben, der \
                     funktioniert und nicht missbraucht wird.",
                    "Wir speichern deine E-Mail-Adresse, weil du eingewilligt hast, und das kannst \
                     du jederzeit widerrufen.",
                ]),
                Paragraph(
                    "Du kannst dich auch bei der Datenschutzbehörde an deinem Wohnort beschweren. \
                     Jemand hat ein Foto von dir verwendet, ohne zu fragen? Schreib uns, mit dem \
                     Link.",
                ),
            ],
        },
        Section {
            id: "age",
            title: "Alter",
            blocks: &[Paragraph(
                "Diese Website ist für Menschen ab 16 Jahren, und die Fotos sind es auch: Niemand, \
                 der darauf zu sehen ist, darf jünger sein.",
            )],
        },
        Section {
            id: "changes",
            title: "Änderungen",
            blocks: &[Paragraph(
                "Wenn wir mehr speichern, länger speichern oder ein weiteres Unternehmen \
                 beteiligen wollen, sagen wir es mindestens 14 Tage vorher auf dieser Seite. \
                 Fragen: {contact}.",
            )],
        },
    ],
};
