/* The review: text and finding move together; a box narrows the units to tick. Works without; nothing else depends on it. */
(function () {
  'use strict';
  var split = document.querySelector('[data-split]');
  var left = split && split.querySelector('[data-split-left]'), right = split && split.querySelector('[data-split-right]');

  function offset(part, inside) { return part.getBoundingClientRect().top - inside.getBoundingClientRect().top + inside.scrollTop; }

  /* Where the eye is in one pane, as place between two measures; the other pane goes to the same place. */
  function follow(from, to, place, counterpart) {
    var marks = Array.prototype.slice.call(from.querySelectorAll(place)), at = from.scrollTop + 8, index = -1, next, share, a, b;
    marks.forEach(function (mark, number) { if (offset(mark, from) <= at) { index = number; } });
    if (index < 0) { to.scrollTop = 0; return; }
    next = marks[index + 1];
    a = counterpart(marks[index]);
    if (!a) { return; }
    share = next ? (at - offset(marks[index], from)) / Math.max(offset(next, from) - offset(marks[index], from), 1) : 0;
    b = next && counterpart(next);
    to.scrollTop = offset(a, to) + (b ? share * (offset(b, to) - offset(a, to)) : 0) - 8;
  }
  if (left && right) {
    var driver = null, waiting;
    var pair = function (from, to, place, counterpart) {
      ['wheel', 'touchstart', 'keydown', 'pointerdown', 'focusin'].forEach(function (name) {
        from.addEventListener(name, function () { driver = from; }, { passive: true });
      });
      from.addEventListener('scroll', function () {
        if (driver !== from || waiting) { return; }
        waiting = window.requestAnimationFrame(function () { waiting = null; follow(from, to, place, counterpart); });
      }, { passive: true });
    };
    pair(left, right, '.place', function (mark) { return document.getElementById(mark.id.replace('at-', 'm-')); });
    pair(right, left, '[data-place]', function (card) { return document.getElementById(card.getAttribute('data-place')); });
  }

  document.addEventListener('input', function (event) {
    var box = event.target, wanted;
    if (!box.hasAttribute('data-unit-filter')) { return; }
    wanted = box.value.trim();
    Array.prototype.forEach.call(box.closest('[data-units]').querySelectorAll('label'), function (label) {
      label.hidden = wanted !== '' && label.textContent.indexOf(wanted) < 0 && !label.querySelector('input').checked;
    });
  });
})();
