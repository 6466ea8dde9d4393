// Makes the pages livelier; they work without it.
const query = new URLSearchParams(location.search);
const find = s => document.querySelector(s), main = find('main');
const words = () => [...main.querySelectorAll('h2,h2+p')].map(e => e.textContent).join('. ');
const pause = ms => new Promise(done => setTimeout(done, ms));
const get = async url => {
  const r = await fetch(url, {cache: 'no-store', signal: AbortSignal.timeout(4e4)});
  if (!r.ok && r.status != 404) throw r;
  return r;
};

// The button says what is chosen under "When?".
const choose = () => {
  const time = find('[data-say]:checked');
  if (time) find('main button').textContent = time.dataset.say;
};
addEventListener('change', choose);
addEventListener('pageshow', choose);
addEventListener('formdata', e => e.formData.set('live', 1));

async function swap() {
  const page = new DOMParser().parseFromString(await (await get(location)).text(), 'text/html');
  const old = words(), held = main.contains(document.activeElement);
  main.replaceChildren(...page.querySelector('.card').childNodes);
  document.title = page.title;
  if (held) find('h2').focus({preventScroll: true});
  if (words() != old) find('[role=status]').textContent = words();
}

async function follow() {
  for (let failed = 0, now; (now = find('[data-seen]')); ) {
    const {id, seen} = now.dataset, asked = Date.now();
    let rest = 300;
    try {
      const r = await get(`/status/${id}?wait=${failed ? 0 : 25}&seen=${encodeURIComponent(seen)}`);
      if (!r.ok || (await r.json()).updated_at != seen) await swap();
      else if (!failed && Date.now() - asked < 5e3) rest = 5e3; // too many wait
      failed = 0;
    } catch {
      rest = 1e3 * Math.min(2 ** failed++, 30);
    }
    const note = find('#rb-offline');
    if (note) note.hidden = failed < 2;
    await pause(rest);
  }
}

if (find('[data-seen]') && !query.has('live')) {
  query.delete('still');
  query.set('live', '');
  location.replace('?' + query);
} else follow();
