//! "Download my data": its part of the account page, and the page that lies in the zip.

use crate::pages::text::ExportsText;

/// "Download my data": its part of the account page, and the page that lies in the zip.
pub(super) const EXPORTS: ExportsText = ExportsText {
    title: "Descargar mis datos",
    lede: "Todo lo que tenemos sobre ti: cada pedido, cada imagen y lo que dice tu cuenta, en un \
           archivo zip para verlo y en JSON para programas.",
    rules: "Puedes pedir {count} al día. Una descarga funciona durante {days} días; después se \
            borra. Las cuentas grandes reciben varios archivos.",
    request: "Pedir una descarga",
    none: "No has pedido ninguna descarga en las últimas semanas.",
    queued: "En espera",
    building: "En preparación",
    queued_detail: "No hace falta que te quedes aquí: la descarga aparece en esta página cuando \
                    está lista.",
    ready: "Lista para descargar",
    days_left: "Quedan {count} días, hasta",
    hours_left: "Quedan {count} horas, hasta",
    soon_over: "Quedan menos de dos horas, hasta",
    part: "Parte {number} de {of} ({size})",
    expired: "Caducada",
    expired_detail: "Su plazo ha terminado y sus archivos están borrados.",
    failed: "No se pudo preparar",
    failed_detail: "Fue culpa nuestra. Pídela otra vez, por favor.",
    index_title: "Mis datos",
    index_requested: "A fecha de {time}",
    index_files: "Archivos",
    index_earlier: "Partes anteriores",
    index_orders: "Pedidos",
    index_nothing: "No hay pedidos.",
    index_missing: "Falta algo ({count}). El manifiesto dice qué y por qué.",
    trashed: "en la papelera",
    person: "Foto de la persona",
    garment: "Foto de una prenda",
    output: "Resultado",
    preview: "Vista previa",
    portrait: "Imagen de la cuenta",
};
