// What scripts say, in the language of the page. The page carries the translations as JSON under the English sentence.

let said;

function known() {
  if (!said) {
    said = {};
    for (const place of document.querySelectorAll("script[type='application/json'][id^='words']")) {
      Object.assign(said, JSON.parse(place.textContent));
    }
  }
  return said;
}

/** The sentence in the language of the page, its {holes} filled. */
export function say(sentence, holes = {}) {
  const words = known()[sentence] || sentence;
  return words.replace(/\{(\w+)\}/g, (hole, name) => (name in holes ? holes[name] : hole));
}
