/** What the page does in a browser: filter, sort, copy. Without it everything is there to read. */
export const SCRIPT = `
(() => {
  const say = (text) => { document.getElementById('said').textContent = text; };
  const table = document.querySelector('table.checks');
  const rows = [...table.tBodies[0].rows];
  const input = document.getElementById('filter');
  const chips = [...document.querySelectorAll('.chip')];
  const none = document.getElementById('none');
  const filter = () => {
    const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const states = chips.filter((chip) => chip.getAttribute('aria-pressed') === 'true').map((chip) => chip.dataset.state);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits = states.includes(row.dataset.state) && words.every((word) => text.includes(word));
      row.hidden = !fits;
      row.style.display = fits ? '' : 'none';
      if (fits) shown += 1;
    }
    none.hidden = shown > 0;
    say(shown + ' of ' + rows.length + ' checks shown');
  };
  for (const chip of chips) chip.addEventListener('click', () => {
    chip.setAttribute('aria-pressed', String(chip.getAttribute('aria-pressed') !== 'true'));
    filter();
  });
  input.addEventListener('input', filter);
  document.getElementById('tools').hidden = false;
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => head.querySelector('button').addEventListener('click', () => {
    const rising = head.getAttribute('aria-sort') !== 'ascending';
    for (const other of heads) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', rising ? 'ascending' : 'descending');
    const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
    rows.sort((one, other) => key(one).localeCompare(key(other), 'en', { numeric: true }) * (rising ? 1 : -1));
    table.tBodies[0].append(...rows);
  }));
  const copied = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { return false; }
  };
  const marked = (pre) => {
    const range = document.createRange();
    range.selectNodeContents(pre);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return document.execCommand('copy');
  };
  for (const button of document.querySelectorAll('.copy')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const pre = button.parentElement.querySelector('pre');
      const done = (await copied(pre.textContent)) || marked(pre);
      button.textContent = done ? 'Copied' : 'Select';
      say(done ? 'Command copied' : 'The command is selected: copy it with your keyboard');
      setTimeout(() => { button.textContent = 'Copy'; }, 2000);
    });
  }
  filter();
  say('');
})();
`;
