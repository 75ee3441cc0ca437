//! The words of the data map.

use crate::pages::text::Counted;
use crate::pages::text::data::{CategoryText, CategoryTexts, DataText, PlaceText, ProcessorText};
use crate::policy::browser::{CookieId, KeptId, Store};
use crate::policy::data_map::{Basis, Until};
use crate::policy::parties::ProcessorId;
use crate::policy::terms::{Term, Unit};

/// The words of the data map.
pub(super) const DATA: DataText = DataText {
    until_when: "Hasta cuándo",
    more: "Base jurídica, empresas, lugar",
    legal_basis: "Base jurídica",
    handled_by: "Lo trata",
    where_it_lies: "Dónde está",
    article: "RGPD, artículo {article}",
    gets: "Recibe",
    place: "Dónde",
    keeps: "Lo conserva",
    hosts: "Servidores",
    terms_link: "Sus propias condiciones",
    name: "Nombre",
    purpose: "Para qué",
    how_long: "Cuánto tiempo",
    what: "Qué",
    needs_consent: "Solo después de que aceptes.",
    until_forgotten: "Hasta que lo olvides o vacíes tu navegador",
    version: "Versión {number}",
    published: "Publicada el {date}",
    effective: "Vigente desde el {date}",
    places: PlaceText {
        columns: "Base de datos, tabla {name}:",
        table: "Base de datos, tabla {name}",
        files: "Archivos privados en {name}",
        object: "Memoria de los límites y de la cola, {name}",
        cookie: "Tu navegador, cookie {name}",
        log: "El registro",
        recovery: "El historial de recuperación propio de la base de datos",
        nowhere: "En ninguna parte: se usa mientras se responde a tu solicitud",
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
    pictures: of(
        "Tus fotos y las imágenes",
        "Para crear la imagen y mostrártela. La ubicación y otros datos ocultos se eliminan antes \
         de que las guardemos.",
    ),
    order: of(
        "El pedido",
        "Lo que elegiste, lo que escribiste, sus horas, qué tipos de datos ocultos se eliminaron, \
         lo que nos costó y los problemas de los que informaste: para crear la imagen y contarte \
         sus datos.",
    ),
    trial: of(
        "Contar las imágenes gratis",
        "Una huella de tu cookie con la hora de cada pedido y, de un pedido borrado, una de su \
         número: para contar las imágenes gratis y no hacer un pedido dos veces.",
    ),
    network: of(
        "Contar los pedidos de una red",
        "Una huella con clave de tu red, distinta cada día: para que una sola red no agote el \
         turno de todos.",
    ),
    connection: of(
        "Tu dirección de internet y tu navegador",
        "Vienen con cada solicitud. Las usamos contra el abuso y para decirte en qué dispositivo \
         has entrado; la dirección no la anotamos.",
    ),
    history: of(
        "Tu historial",
        "Qué pedidos son tuyos, y tus estrellas, valoraciones y etiquetas: para que encuentres \
         tus imágenes.",
    ),
    account: of(
        "Tu cuenta",
        "Nombre, correo y foto como los dijo Google o los corregiste tú, el número que Google te \
         da, idioma y apariencia: para que puedas entrar y podamos escribirte.",
    ),
    session: of(
        "Dónde has entrado",
        "Una huella de un número secreto de tu navegador, el tipo de dispositivo y cuándo se usó \
         por última vez: para que sigas dentro y puedas salir desde cualquier lugar.",
    ),
    sign_in: of(
        "Una entrada en curso",
        "Lo que une la respuesta de Google al navegador que preguntó: para que nadie entre en tu \
         lugar.",
    ),
    email_change: of("Un correo nuevo", "La dirección que espera a que la confirmes."),
    consent: of(
        "Lo que aceptaste",
        "Qué texto, cuándo y cuándo lo retiraste: tenemos que poder demostrarlo.",
    ),
    restriction: of(
        "Limitación y oposición",
        "Desde cuándo quieres que dejemos de tratar tus datos, o que no te contemos.",
    ),
    export: of("Descarga de tus datos", "Los archivos que pediste, con todo lo de tu cuenta."),
    deletion: of(
        "Un borrado en curso",
        "Cuándo desaparecerá tu cuenta, y una huella del código de su recibo: para que puedas \
         anularlo hasta entonces.",
    ),
    receipt: of(
        "Recibos de borrado",
        "Una prueba firmada de qué se borró y cuándo, para quien tenga el código. No nombra a \
         nadie.",
    ),
    mail: of(
        "Correos para ti",
        "Destinatario y contenido de un correo que aún debe enviarse: avisos de seguridad, \
         cambios anunciados y lo que pediste.",
    ),
    waitlist: of(
        "La lista de espera",
        "Tu correo, en qué página y cuándo te apuntaste y si lo confirmaste: para escribirte, \
         como pediste.",
    ),
    counts: of(
        "Recuentos",
        "Cómo terminaron los pedidos, cuánto tardaron, de qué problemas se informó: para la \
         [página de estado](/status). No nombran a nadie ni ningún pedido.",
    ),
    log: of(
        "El registro",
        "Una línea por cada solicitud, con tipo de página, resultado, duración y un número \
         aleatorio: para encontrar fallos. No contiene ninguna dirección, ningún enlace ni nada \
         de lo que escribiste.",
    ),
    operator_log: of(
        "Lo que hicieron los operadores",
        "Lo que miramos o enviamos, sin datos personales: para que nadie lo haga en secreto.",
    ),
    recovery: of(
        "El historial de recuperación de la base de datos",
        "Lo que había en una fila se puede recuperar si algo se rompe. Las imágenes nunca están \
         ahí.",
    ),
};

const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Consent => "Aceptaste, y puedes retirarlo en cualquier momento",
        Basis::Contract => "Sin ello no podemos hacer lo que pides",
        Basis::Duty => "La ley lo exige",
        Basis::Interest => "Nuestro interés en un servicio que funcione y del que no se abuse",
        Basis::NotPersonal => "No hace falta: no contiene nada personal",
    }
}

const fn until(until: Until) -> &'static str {
    match until {
        Until::OrderEnds => {
            "Sin cuenta: {anonymous_order} horas después del pedido, o hasta que lo borres. \
             Después nadie puede abrirlo; los archivos se eliminan en el plazo de una hora."
        }
        Until::OwnerDeletes => {
            "Con cuenta: hasta que lo borres. Después está en la papelera, y como máximo el día \
             {trash} desaparece; al instante si vacías la papelera."
        }
        Until::LeftBehind => {
            "Si algo falla mientras se mueven archivos para ti, puede quedar una copia. Se \
             encuentra y se borra como tarde {leftover} horas después del pedido."
        }
        Until::AccountEnds => {
            "Lo mismo que tu cuenta: {account_deletion} horas después de que pidas borrarla, \
             desaparece."
        }
        Until::For(_) => "{time}",
        Until::AtMost(_) => "{time} como máximo",
        Until::SignedOut => {
            "Hasta que salgas; como máximo {session_idle} días después del último uso y \
             {session_absolute} días después de entrar."
        }
        Until::Sent => {
            "Hasta que se envía, {outbox} días como máximo; el último, con el recibo de un \
             borrado, {last_mail} horas como máximo"
        }
        Until::Left => {
            "Hasta que salgas de la lista. Si escribimos y no confirmas, {unconfirmed} días."
        }
        Until::Replaced => "Al menos {counts} horas, hasta que otros recuentos ocupen su lugar",
        Until::Answered => "No se guarda",
        Until::SiteEnds => "Mientras exista el sitio",
    }
}

const fn amount(unit: Unit) -> Counted {
    match unit {
        Unit::Minutes => Counted { one: "1 minuto", other: "{count} minutos" },
        Unit::Hours => Counted { one: "1 hora", other: "{count} horas" },
        Unit::Days => Counted { one: "1 día", other: "{count} días" },
        Unit::Months => Counted { one: "1 mes", other: "{count} meses" },
        Unit::Years => Counted { one: "1 año", other: "{count} años" },
    }
}

const fn term(term: Term) -> &'static str {
    match term {
        Term::AnonymousOrder => "Un pedido sin cuenta se puede abrir",
        Term::PictureLink => "Un enlace a una imagen funciona, como máximo",
        Term::ProviderLink => "El enlace de Kie AI a una foto funciona",
        Term::TrialWindow => "Las imágenes gratis se cuentan dentro de",
        Term::SpentTry => "Un intento gastado se recuerda, como máximo",
        Term::NetworkCount => "El recuento de una red se guarda",
        Term::ClosedOrder => "El enlace de un pedido cerrado dice «borrado» y no «nunca existió»",
        Term::Counts => "Los recuentos de la página de estado se guardan, al menos",
        Term::Trash => "Lo borrado de una cuenta está en la papelera, como máximo",
        Term::Leftover => {
            "Una copia olvidada de los archivos de un pedido se encuentra, como tarde, a las"
        }
        Term::AccountDeletion => "El borrado de una cuenta se puede anular",
        Term::Receipt => "Un recibo de borrado te espera",
        Term::Export => "Una exportación se puede descargar",
        Term::ExportNote => "Queda anotado que hubo una exportación",
        Term::SessionIdle => "Una entrada dura sin uso",
        Term::SessionAbsolute => "Una entrada dura en total",
        Term::SignIn => "Una entrada empezada se puede terminar",
        Term::EmailChange => "Un correo nuevo se puede confirmar",
        Term::Outbox => "Un correo que no se puede enviar se vuelve a intentar",
        Term::LastMail => "El correo con el recibo de un borrado espera, y con él la dirección",
        Term::Unconfirmed => "Una dirección de la lista de espera que no confirma se guarda",
        Term::Log => "Las líneas del registro se guardan, como máximo",
        Term::Recovery => {
            "El historial de la base de datos, nuestra única copia de seguridad, alcanza"
        }
        Term::ProviderResult => "Kie AI conserva su copia de un resultado",
        Term::ProviderRecords => "Kie AI conserva los registros de su trabajo",
        Term::Preference => "El idioma y la apariencia se recuerdan",
        Term::Notice => "Los cambios se anuncian antes de regir",
    }
}

const fn processor(id: ProcessorId) -> ProcessorText {
    match id {
        ProcessorId::Cloudflare => ProcessorText {
            role: "Gestiona para nosotros el sitio, el almacenamiento y la base de datos, y lleva \
                   el registro.",
            gets: "Todo lo que enumera [Privacidad](/privacy#kept); con cada solicitud, tu \
                   dirección de internet y lo que tu navegador dice de sí mismo.",
            place: "Estados Unidos; su red está en todas partes. Dónde están los archivos y la \
                    base de datos lo eligió el operador al crear el sitio.",
            keeps: "El registro {log} días como máximo, el historial de la base de datos \
                    {recovery} días, todo lo demás hasta que lo borremos",
        },
        ProcessorId::Kie => ProcessorText {
            role: "Crea la imagen.",
            gets: "Enlaces a tus fotos que funcionan durante {provider_link} minutos, lo que \
                   elegiste y lo que escribiste; nunca tu dirección, tu cookie, tu nombre ni tu \
                   correo.",
            place: "No lo dice. Cuenta con un país de fuera de la Unión Europea.",
            keeps: "El resultado {provider_result} días y los registros de su trabajo \
                    {provider_records} meses; no podemos acortarlo. No dice cuánto tiempo \
                    conserva las fotos que descargó.",
        },
        ProcessorId::Google => ProcessorText {
            role: "Dice quién eres, si entras. De eso responde Google mismo.",
            gets: "Que entras aquí, y cuándo. Ninguna foto, ningún pedido.",
            place: "Estados Unidos e Irlanda",
            keeps: "Según sus propias condiciones",
        },
        ProcessorId::Mail => ProcessorText {
            role: "Envía nuestros correos.",
            gets: "Tu correo y lo que te escribimos.",
            place: "Estados Unidos",
            keeps: "Hasta que el correo se entrega, y según sus propias condiciones; a los \
                    {outbox} días lo dejamos",
        },
        ProcessorId::GoogleAnalytics => ProcessorText {
            role: "Cuenta las visitas a páginas de texto, después de que aceptes.",
            gets: "Cuáles de esas páginas abres y lo que tu navegador dice de sí mismo. Ninguna \
                   página con una foto.",
            place: "Estados Unidos e Irlanda",
            keeps: "Según sus propias condiciones",
        },
        ProcessorId::Clarity => ProcessorText {
            role: "Graba cómo se usan las páginas de texto, después de que aceptes. Solo para \
                   personas de 18 años o más.",
            gets: "Lo que haces en esas páginas, con los textos ocultos. Ninguna página con una \
                   foto.",
            place: "Estados Unidos",
            keeps: "Según sus propias condiciones",
        },
    }
}

const fn cookie(id: CookieId) -> &'static str {
    match id {
        CookieId::AnonSid => {
            "Un número aleatorio que cuenta tus imágenes gratis e impide que un pedido se haga \
             dos veces"
        }
        CookieId::Language => "El idioma que elegiste, si elegiste uno",
        CookieId::Theme => "Claro u oscuro, si elegiste uno",
        CookieId::Session => "Un número secreto que te mantiene dentro",
        CookieId::SignIn => "Une una entrada a este navegador mientras está en curso",
        CookieId::SignedIn => {
            "Dice que has entrado, para que las páginas muestren el menú correcto"
        }
        CookieId::GoogleAnalytics => "Google Analytics: distingue a los visitantes",
        CookieId::ClarityVisitor => "Clarity: distingue a los visitantes",
        CookieId::ClarityVisit => "Clarity: qué páginas forman una visita",
    }
}

const fn kept(id: KeptId) -> CategoryText {
    match id {
        KeptId::RememberedPhoto => of(
            "La foto de una persona que usaste por última vez",
            "Solo si le pides a tu navegador que la recuerde. Por sí sola nunca sale de él.",
        ),
        KeptId::SiteFiles => of(
            "Archivos del sitio",
            "Hojas de estilo, scripts y una página para cuando no hay conexión. Iguales para \
             todos.",
        ),
        KeptId::Announcement => of("Qué anuncio cerraste", "Para no mostrarlo otra vez."),
        KeptId::Consent => {
            of("Lo que dijiste sobre la analítica", "Para preguntarte una sola vez.")
        }
    }
}

const fn store(store: Store) -> &'static str {
    match store {
        Store::Cache => "Caché del navegador",
        Store::Local => "Almacenamiento del navegador",
    }
}
