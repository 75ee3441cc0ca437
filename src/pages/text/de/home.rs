//! The home page around its form.

use crate::pages::text::{HomeText, Paragraph};

/// The home page around its form.
pub(super) const HOME: HomeText = HomeText {
    example_note: "Ein gezeichnetes Beispiel. Dein Bild entsteht aus deinen eigenen Fotos.",
    example_before_alt: "Zeichnung einer Person in schlichter Kleidung",
    example_after_alt: "Zeichnung derselben Person in derselben Haltung, in anderer Kleidung",
    example_slider: "Wie viel von jedem Bild zu sehen ist",
    example_shares: "{before} Prozent vorher, {after} Prozent nachher",
    example_hold: "Gedrückt halten: vorher",
    steps_title: "So geht’s",
    steps: [
        Paragraph {
            title: "Foto einer Person hinzufügen",
            body: "Von Kopf bis Fuß, zur Kamera gewandt. Das kannst du sein oder jemand, der \
                   einverstanden ist.",
        },
        Paragraph {
            title: "Kleidung hinzufügen",
            body: "Ein bis vier Fotos: aus einem Onlineshop oder von etwas, das vor dir hängt.",
        },
        Paragraph {
            title: "Bild bekommen",
            body: "Es dauert meist etwa eine Minute. Vergleiche es mit dem Original, lade es \
                   herunter oder lösche alles.",
        },
    ],
    promises_title: "Was mit deinen Fotos geschieht",
    promises: [
        Paragraph {
            title: "Nach 48 Stunden geschlossen, oder von dir behalten",
            body: and_what_stays!(
                "Fotos, Bild und Auftrag lassen sich nach 48 Stunden nicht mehr öffnen und werden \
                 in der Stunde danach gelöscht, oder sofort, wenn du selbst löschst. Wenn du dich \
                 anmeldest, bleiben sie in deinem Verlauf, bis du sie löschst."
            ),
        },
        Paragraph {
            title: "Nur wer den Link hat, sieht sie",
            body: "Die Bilder liegen in privatem Speicher. Dein Auftrag hat einen geheimen Link; \
                   wer ihn hat, kann sie sehen, und durch Suchen findet sie niemand.",
        },
        Paragraph {
            title: "Standort entfernt",
            body: "Wo und womit ein Foto aufgenommen wurde, wird aus der Datei entfernt, bevor \
                   irgendetwas gespeichert oder weitergegeben wird.",
        },
        Paragraph {
            title: "Wir trainieren nichts damit",
            body: "Deine Fotos dienen hier deinem Bild und sonst nichts. Kie AI macht es aus \
                   ihnen.",
        },
    ],
    promises_more: "Alles dazu, mit jeder Frist und jedem Cookie: [Datenschutz](/privacy).",
    questions_title: "Fragen und Antworten",
    questions: [
        Paragraph {
            title: "Wird es mir passen?",
            body: "Das kann das Bild nicht sagen. Es zeigt, wie ein Stil an dir aussieht, nicht, \
                   ob eine Größe passt. Vergleiche dafür deine Maße mit der Tabelle im Shop.",
        },
        Paragraph {
            title: "Was kostet es?",
            body: "Nichts: 3 Bilder in 24 Stunden sind kostenlos. Ein Bild, das misslingt, wird \
                   nicht gezählt. [Was kostenlos ist und was noch kommt](/pricing)",
        },
        Paragraph {
            title: "Welche Fotos eignen sich am besten?",
            body: "Eine Person, von Kopf bis Fuß, in gutem Licht, ohne etwas vor dem Körper. Ein \
                   Kleidungsstück pro Foto, ganz im Bild. [Tipps mit Zeichnungen](/help#photos)",
        },
        Paragraph {
            title: "Welche Kleidung kann ich anprobieren?",
            body: "Oberteile, Hosen, Röcke, Kleider, Jacken, Schuhe und Accessoires, bis zu vier \
                   auf einmal. Große Stücke gelingen besser als kleine wie Schmuck.",
        },
        Paragraph {
            title: "Darf ich ein Foto von jemand anderem verwenden?",
            body: "Nur wenn diese Person einverstanden und mindestens 16 Jahre alt ist. Das ist \
                   die erste unserer [Regeln](/terms#photos).",
        },
        Paragraph {
            title: "Wie komme ich zu meinem Bild zurück?",
            body: "Über den privaten Link, 48 Stunden lang. Kopiere den Link oder lade das Bild \
                   herunter: Ohne Konto können wir es nicht für dich finden. Wenn du dich \
                   anmeldest, liegt es in deinem Verlauf.",
        },
    ],
    questions_more: "Mehr dazu in der [Hilfe](/help).",
};
