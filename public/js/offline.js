// @ts-check
// The page that stands in for one that could not be had: it lies at that one's address, so a reload brings it.

addEventListener("online", () => location.reload(), { once: true });
