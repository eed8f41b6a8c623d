/* Small helps on top of pages that work without JavaScript. No framework, no inline script, nothing evaluated. */
(function () {
  'use strict';

  function each(root, selector, act) { Array.prototype.forEach.call(root.querySelectorAll(selector), act); }
  function closest(event, selector) { return event.target.closest ? event.target.closest(selector) : null; }

  /* data-confirm="question" on a button or form: ask before it is sent; data-confirm-yes names the act. */
  function ask(question, yes, then) {
    var dialog = document.getElementById('confirm');
    if (!dialog || !dialog.showModal) { if (window.confirm(question)) { then(); } return; }
    dialog.querySelector('[data-question]').textContent = question;
    dialog.querySelector('[value=yes]').textContent = yes;
    dialog.returnValue = '';
    dialog.onclose = function () { if (dialog.returnValue === 'yes') { then(); } };
    dialog.showModal();
  }
  document.addEventListener('submit', function (event) {
    var form = event.target, button = event.submitter || form.querySelector('[type=submit][data-confirm]');
    var from = button && button.hasAttribute('data-confirm') ? button : form;
    if (!from.hasAttribute('data-confirm') || form.dataset.confirmed) { delete form.dataset.confirmed; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(from.getAttribute('data-confirm'), from.getAttribute('data-confirm-yes') || '确定', function () {
      form.dataset.confirmed = '1';
      if (form.requestSubmit) { form.requestSubmit(event.submitter || undefined); } else { form.submit(); }
    });
  }, true);
  document.addEventListener('htmx:confirm', function (event) {
    if (!event.detail.question) { return; }
    event.preventDefault();
    ask(event.detail.question, '确定', function () { event.detail.issueRequest(true); });
  });

  document.addEventListener('click', function (event) {
    var copy = closest(event, '[data-copy]'), print = closest(event, '[data-print]'), row = closest(event, 'tr[data-href]');
    if (print) { window.print(); return; }
    if (copy) { copyText(copy); return; }
    if (row && !closest(event, 'a, button, input, select, label, summary, textarea') && !String(window.getSelection())) {
      window.location.assign(row.getAttribute('data-href'));
    }
    each(document, 'details.menu[open], details.caliber[open]', function (box) {
      if (!box.contains(event.target)) { box.open = false; }
    });
  });
  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') { return; }
    each(document, 'details.menu[open], details.caliber[open]', function (box) {
      box.open = false;
      box.querySelector('summary').focus();
    });
    if (window.location.hash === '#side') { window.location.hash = 'main'; }
  });

  /* data-copy="#id": copy the words of that element, or the attribute itself when it is no address in the page. */
  function copyText(button) {
    var from = button.getAttribute('data-copy'), source = from.charAt(0) === '#' && document.querySelector(from);
    var words = source ? source.innerText : from, before = button.textContent, area;
    function done() { button.textContent = '已复制'; window.setTimeout(function () { button.textContent = before; }, 2000); }
    if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(words).then(done); return; }
    area = document.createElement('textarea');
    area.value = words;
    document.body.appendChild(area);
    area.select();
    if (document.execCommand('copy')) { done(); }
    area.remove();
  }

  /* data-autosubmit on a form: a changed choice is sent at once, and the button for it is not needed any more. */
  document.addEventListener('change', function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute('data-autosubmit') && /^(select-one|checkbox|radio|date)$/.test(event.target.type)) {
      if (form.requestSubmit) { form.requestSubmit(); } else { form.submit(); }
    }
  });
  /* data-check-all: tick every box of the table; data-count-words: how many of at most N words are written. */
  document.addEventListener('input', function (event) {
    var box = event.target, most = box.getAttribute('data-count-words'), told;
    if (box.hasAttribute('data-check-all')) {
      each(box.closest('table'), 'tbody input[type=checkbox]:not(:disabled)', function (one) { one.checked = box.checked; });
    }
    if (most) {
      told = document.getElementById(box.id + '_count');
      if (told) { told.textContent = box.value.length + '／' + most + '字'; }
    }
  });

  /* Charts: data-chart-url gives the ECharts option as JSON; a data item with "url" opens its rows. */
  var PALETTE = ['#0b5cad', '#1a7f37', '#c98a00', '#6b3fa0', '#0f7c8a', '#8a4608', '#5b6675', '#c62828'];
  var DECALS = [
    { color: 'rgba(0,0,0,0)' },
    { color: 'rgba(255,255,255,.45)', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
    { color: 'rgba(255,255,255,.5)', symbol: 'circle', symbolSize: 0.5, dashArrayX: [[7, 7], [0, 7, 7, 0]], dashArrayY: [6, 0] },
    { color: 'rgba(255,255,255,.45)', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4 },
  ];
  var charts = [], library;
  function withLibrary(then) {
    if (window.echarts) { then(); return; }
    if (!library) {
      library = document.createElement('script');
      library.src = document.body.getAttribute('data-chart-library');
      document.head.appendChild(library);
    }
    library.addEventListener('load', then);
  }
  function draw(place, option) {
    var chart = window.echarts.init(place, null, { renderer: 'svg' }), size = parseFloat(getComputedStyle(place).fontSize);
    option.color = option.color || PALETTE;
    option.textStyle = Object.assign({ fontFamily: getComputedStyle(document.body).fontFamily, fontSize: size * 0.87 }, option.textStyle);
    option.tooltip = Object.assign({ confine: true }, option.tooltip, { renderMode: 'richText' });
    option.aria = Object.assign({ enabled: true, label: { enabled: false }, decal: { show: true, decals: DECALS } }, option.aria);
    option.animation = false;
    chart.setOption(option);
    chart.on('click', function (hit) { if (hit.data && hit.data.url) { window.location.assign(hit.data.url); } });
    charts.push(chart);
  }
  function startCharts(root) {
    each(root, '[data-chart-url]:not([data-chart-state])', function (place) {
      place.setAttribute('data-chart-state', 'waiting');
      fetch(place.getAttribute('data-chart-url'), { credentials: 'same-origin', headers: { Accept: 'application/json' } })
        .then(function (answer) { if (!answer.ok) { throw new Error(String(answer.status)); } return answer.json(); })
        .then(function (option) {
          withLibrary(function () {
            place.textContent = '';
            place.classList.remove('chart-waiting');
            draw(place, option);
            place.setAttribute('data-chart-state', 'drawn');
          });
        })
        .catch(function () {
          place.textContent = '图没有取到，请看下面的数据表，或刷新页面再试。';
          place.setAttribute('data-chart-state', 'failed');
        });
    });
  }
  function resize() { charts.forEach(function (chart) { chart.resize(); }); }
  window.addEventListener('resize', resize);
  window.addEventListener('beforeprint', resize);
  window.addEventListener('afterprint', resize);
  document.addEventListener('htmx:afterSwap', function (event) { startCharts(event.target); });

  function start() {
    each(document, '[data-needs-script]', function (part) { part.hidden = false; });
    each(document, '[data-without-script]', function (part) { part.hidden = true; });
    each(document, '[data-focus]', function (part) { part.focus(); });
    startCharts(document);
  }
  if (document.readyState === 'loading') { document.addEventListener('DOMContentLoaded', start); } else { start(); }
})();
