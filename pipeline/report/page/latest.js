// The latest events: what happened, the sentence that says it, and the article it stands in.

const SHOWN_AT_ONCE = 20;

function drawLatest(section, data, found) {
  const list = section.querySelector(".rows");
  const more = section.querySelector("button");
  let shown = 0;
  note(section, found.length ? "By date, the latest first; those without a date come last." : "No event passes the filters.");
  list.replaceChildren();
  const show = () => {
    const first = shown;
    shown = Math.min(found.length, shown + SHOWN_AT_ONCE);
    list.append(...found.slice(first, shown).map((event) => latestItem(data, event)));
    more.hidden = shown === found.length;
    more.textContent = `Show more (${figure(shown)} of ${figure(found.length)})`;
    return list.children[first];
  };
  more.onclick = () => {
    const item = show();
    item.tabIndex = -1;
    item.focus();
  };
  show();
}

function latestItem(data, event) {
  const { events } = data;
  const names = (codes) => codes.map((code) => data.codes[code].name).join(", ");
  const [sources, targets] = [names(events.sources[event]), names(events.targets[event])];
  const factuality = data.factualities[events.factuality[event]].name;
  const place = events.place[event] === null ? null : data.places[events.place[event]][0];
  const where = [place, events.country[event] === null ? null : codeName(data, events.country[event])];
  return element("li", {},
    element("p", {},
      element("span", { class: "tag" }, words(data.types[events.type[event]].name) + (factuality === "actual" ? "" : ` (${factuality})`)),
      element("span", { class: "details" }, [
        events.date[event] ?? (events.day[event] === null ? "date not known" : `reported ${dayText(events.day[event])}`),
        sources && targets ? `${sources} → ${targets}` : sources || (targets && `→ ${targets}`),
        [...new Set(where)].filter(Boolean).join(", "),
        many(events.reports[event], "report"),
        events.corrected[event].length && `corrected by hand: ${events.corrected[event].map(words).join(", ")}`,
      ].filter(Boolean).join(" · "))),
    element("blockquote", { dir: "auto" }, events.evidence[event]),
    element("p", { class: "details" }, ...articleLine(data, event)));
}

function articleLine({ events, publishers }, event) {
  const publisher = events.publisher[event] === null ? null : publishers[events.publisher[event]];
  const published = events.published[event] === null ? null : dayText(events.published[event]);
  const title = events.title[event] ?? events.url[event] ?? "article without a title";
  return [articleLink(events.url[event], title), [null, publisher, published].filter((part, place) => !place || part).join(" · ")];
}
