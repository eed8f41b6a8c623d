/* Giving an errand: a search box over the units, shortcuts that tick at once, how many are chosen, the day of one's own
   choice. Without script the server expands the shortcuts. */
(function () {
  'use strict';

  function start(panel) {
    var boxes = Array.prototype.slice.call(panel.querySelectorAll('input[name=units]'));
    var groups = Array.prototype.slice.call(panel.querySelectorAll('input[name=groups]'));
    var search = panel.querySelector('[data-units-search]'), count = panel.querySelector('[data-units-count]');
    var members = JSON.parse((document.getElementById('unit-groups') || {}).textContent || '{}');

    function tell() {
      var chosen = boxes.filter(function (box) { return box.checked; }).length;
      count.textContent = chosen ? '已选 ' + chosen + ' 个' : '';
    }
    groups.forEach(function (group) {
      group.addEventListener('change', function () {
        var ids = members[group.value] || [];
        boxes.forEach(function (box) { if (ids.indexOf(Number(box.value)) >= 0) { box.checked = group.checked; } });
        tell();
      });
    });
    boxes.forEach(function (box) {
      box.addEventListener('change', function () {
        if (!box.checked) { groups.forEach(function (group) { group.checked = false; }); }
        tell();
      });
    });
    if (search) {
      search.addEventListener('input', function () {
        var words = search.value.trim();
        boxes.forEach(function (box) {
          var line = box.closest('.form-check');
          line.hidden = Boolean(words) && line.textContent.indexOf(words) < 0 && !box.checked;
        });
      });
      search.addEventListener('keydown', function (event) {
        var hits;
        if (event.key !== 'Enter') { return; }
        event.preventDefault();
        hits = boxes.filter(function (box) { return !box.checked && !box.closest('.form-check').hidden; });
        if (search.value.trim() && hits.length === 1) { hits[0].checked = true; search.value = ''; search.dispatchEvent(new Event('input')); tell(); }
      });
    }
    tell();
  }

  /* The day of one's own choice is asked where it is chosen. */
  function startPicks(form) {
    var picks = Array.prototype.slice.call(form.querySelectorAll('input[name=pick]')), day = form.querySelector('.errand-day');
    function show() { day.hidden = !picks.some(function (pick) { return pick.checked && pick.value === 'other'; }); }
    if (!picks.length || !day) { return; }
    picks.forEach(function (pick) { pick.addEventListener('change', show); });
    show();
  }

  document.addEventListener('DOMContentLoaded', function () {
    Array.prototype.forEach.call(document.querySelectorAll('.errand-give'), startPicks);
    Array.prototype.forEach.call(document.querySelectorAll('[data-units]'), start);
  });
})();
