//! How to get a good picture, and what to do when something is wrong.

use crate::pages::text::article::Block::{
    Definitions, Errors, List, Paragraph, Questions, Steps, Tips,
};
use crate::pages::text::article::{Drawing, Tip};
use crate::pages::text::{Article, Section};

/// How to get a good picture, and what to do when something is wrong.
pub(super) const HELP: Article = Article {
    title: "Hilfe",
    description: "Welche Fotos sich eignen, was jede Option bewirkt, wie du alles löschst und was \
                  jeder Fehler bedeutet und was dagegen hilft.",
    lede: "Welche Fotos sich eignen, was die Optionen bewirken und was du tust, wenn etwas nicht \
           stimmt.",
    sections: &[
        Section {
            id: "photos",
            title: "Das Foto der Person",
            blocks: &[Tips(&[
                Tip {
                    drawing: Drawing::PersonWhole,
                    title: "Von Kopf bis Fuß",
                    body: "Was nicht auf dem Foto ist, muss erfunden werden.",
                },
                Tip {
                    drawing: Drawing::PersonFront,
                    title: "Zur Kamera gewandt",
                    body: "Aufrecht, die Arme ein wenig vom Körper weg.",
                },
                Tip {
                    drawing: Drawing::PersonAlone,
                    title: "Eine Person",
                    body: "Vor ruhigem Hintergrund, wenn du die Wahl hast.",
                },
                Tip {
                    drawing: Drawing::Light,
                    title: "Licht von vorn",
                    body: "Ein Fenster genügt.",
                },
                Tip {
                    drawing: Drawing::PersonCropped,
                    title: "Nicht abgeschnitten",
                    body: "Ohne Beine lässt sich keine Hose anziehen.",
                },
                Tip {
                    drawing: Drawing::PersonTurned,
                    title: "Nicht von der Seite",
                    body: "Auch die Kleidung ist von vorn zu sehen.",
                },
                Tip {
                    drawing: Drawing::PersonNotAlone,
                    title: "Nicht in der Gruppe",
                    body: "Niemand kann wissen, wer gemeint ist.",
                },
                Tip {
                    drawing: Drawing::PersonCovered,
                    title: "Nichts davor",
                    body: "Taschen, Mäntel und verschränkte Arme verdecken den Körper.",
                },
                Tip {
                    drawing: Drawing::Dark,
                    title: "Nicht im Dunkeln",
                    body: "Farben und Umrisse gehen verloren.",
                },
            ])],
        },
        Section {
            id: "garments",
            title: "Die Fotos der Kleidung",
            blocks: &[
                Tips(&[
                    Tip {
                        drawing: Drawing::GarmentFlat,
                        title: "Flach hingelegt oder aufgehängt",
                        body: "Die Vorderseite, glatt und gerade.",
                    },
                    Tip {
                        drawing: Drawing::GarmentOne,
                        title: "Eins pro Foto",
                        body: "Ganz im Bild. Bis zu vier Fotos.",
                    },
                    Tip {
                        drawing: Drawing::ShoesAsPair,
                        title: "Schuhe als Paar",
                        body: "Von der Seite oder von vorn.",
                    },
                    Tip {
                        drawing: Drawing::GarmentCropped,
                        title: "Nicht abgeschnitten",
                        body: "Ein fehlender Ärmel muss erraten werden.",
                    },
                    Tip {
                        drawing: Drawing::GarmentCrumpled,
                        title: "Nicht zerknittert",
                        body: "Falten werden für den Schnitt gehalten.",
                    },
                    Tip {
                        drawing: Drawing::GarmentMany,
                        title: "Nicht mehrere auf einem",
                        body: "Sie werden vermischt.",
                    },
                ]),
                Paragraph(
                    "Wir nehmen JPEG, PNG und WebP, höchstens 10 MB pro Foto und 24 MB zusammen, \
                     mit mindestens 256 Pixeln auf jeder Seite. Bilder aus einem Onlineshop gehen \
                     meist, ein Screenshot auch.",
                ),
            ],
        },
        Section {
            id: "options",
            title: "Die Optionen",
            blocks: &[
                Paragraph("Du kannst alle so lassen, wie sie sind. Das bewirken sie:"),
                Definitions(&[
                    (
                        "Art der Kleidung",
                        "Sagt, was ersetzt wird. „Automatisch“ entscheidet nach den Fotos. Wähle \
                         eine Art, wenn das falsche Teil geändert wurde.",
                    ),
                    (
                        "Look",
                        "Die Stimmung des Bildes. „Natürlich“ bleibt deinem Foto am nächsten; die \
                         anderen ändern Licht und Umgebung.",
                    ),
                    (
                        "Bildausschnitt",
                        "Wie viel von der Person zu sehen ist. Eine Nahaufnahme zeigt Stoff und \
                         Details.",
                    ),
                    (
                        "Kleidungsfotos zeigen",
                        "Ob das Kleidungsstück allein liegt oder jemand es trägt. Das hilft, wenn \
                         andere Kleidung dieser Person in deinem Bild auftaucht.",
                    ),
                    ("Bildgröße", "Mehr Pixel dauern etwas länger. Fürs Handy genügt 1K."),
                    (
                        "Bildformat",
                        "Die Seiten des Bildes. Ohne deine Wahl sind es die vom Foto der Person.",
                    ),
                    ("Dateiformat", "JPEG ist kleiner. PNG ist verlustfrei und größer."),
                    (
                        "Noch ein Wunsch?",
                        "Ein Wunsch in deinen eigenen Worten, bis zu 500 Zeichen: „Hemd in die \
                         Hose gesteckt“, „Jacke offen“.",
                    ),
                ]),
            ],
        },
        Section {
            id: "order",
            title: "Während du wartest",
            blocks: &[List(&[
                "Ein Bild dauert meist etwa eine Minute. Die Seite zeigt dir deinen Platz in der \
                 Warteschlange und wie lange es meist dauert.",
                "Du kannst die Seite schließen. Ihr privater Link bringt dich 48 Stunden lang \
                 zurück; heb ihn auf, denn ohne Konto kann ihn niemand für dich finden. Mit Konto \
                 liegt das Bild in deinem Verlauf.",
                "Du kannst einen Auftrag stoppen. Hatten wir noch nicht damit begonnen, wird er \
                 nicht gezählt.",
                "Nach 15 Minuten ohne Bild geben wir auf, und der Versuch wird nicht gezählt.",
            ])],
        },
        Section {
            id: "better",
            title: "Wenn das Bild nicht stimmt",
            blocks: &[
                Questions(&[
                    (
                        "Das alte Kleidungsstück ist noch zu sehen",
                        "Wähle die Art der Kleidung und schreib dazu, was weg soll: „den Hoodie \
                         ganz entfernen“. Am besten geht ein Foto in dünner, eng anliegender \
                         Kleidung.",
                    ),
                    (
                        "Das Gesicht oder der Körper sieht anders aus",
                        "Nimm ein schärferes Foto mit mehr Licht und eine größere Bildgröße. Lass \
                         den Look auf „Natürlich“.",
                    ),
                    (
                        "Es ist das falsche Kleidungsstück oder eine Mischung",
                        "Nimm ein Kleidungsstück pro Foto und wähle „Eine Person, die es trägt“, \
                         wenn es jemand anhat.",
                    ),
                    (
                        "Ein Muster oder ein Logo ist falsch",
                        "Kleine Schrift und feine Muster sind die Schwachstelle. Eine größere \
                         Bildgröße und ein nahes Foto des Kleidungsstücks helfen.",
                    ),
                ]),
                Paragraph(
                    "Sag uns auf der Seite des Auftrags, was nicht stimmt. Gezählt wird nur die \
                     Art des Problems, und die [Statusseite](/status) zeigt, wie oft es vorkommt.",
                ),
            ],
        },
        Section {
            id: "delete",
            title: "So löschst du alles",
            blocks: &[
                Steps(&[
                    "Öffne den privaten Link deines Auftrags.",
                    "Drücke auf „Jetzt löschen“ und bestätige.",
                    "Fotos, Bild und Auftrag sind hier sofort weg.",
                ]),
                Paragraph(
                    "Ohne Konto geschieht dasselbe nach 48 Stunden, wenn du nichts tust. Mit \
                     Konto liegt Gelöschtes bis zu {trash} Tage im Papierkorb, und die Kontoseite \
                     löscht das Konto mit allem darin. Was anderswo noch eine Weile bleiben kann, \
                     etwa 14 Tage lang die Kopie des Ergebnisses bei Kie AI, steht unter \
                     [Datenschutz](/privacy#kept).",
                ),
            ],
        },
        Section { id: "errors", title: "Fehler und was hilft", blocks: &[Errors] },
        Section {
            id: "contact",
            title: "So erreichst du uns",
            blocks: &[Paragraph(
                "Schreib an {contact}. Wenn es um einen Fehler geht, nenne den Fehlercode und die \
                 Anfrage, die auf der Seite stehen. Schick den Link eines Auftrags nur, wenn wir \
                 seine Bilder sehen sollen.",
            )],
        },
    ],
};
