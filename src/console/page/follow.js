import { byId } from './dom.js';
import { t } from './state.js';

const NEAR_END_PX = 160;
const MARGIN_PX = 8;

/** Whether the person sent or pressed something and has not scrolled since. */
let asked = false;
/** The message that the view keeps showing while pictures load, and the first one that came below it unseen; both by ts. */
let followed = null;
let unseen = null;
/** Where this page left the view: from anywhere else, the person took it there. */
let left = 0;

const scroll = () => byId('scroll');
const drawn = (ts) => byId('messages').querySelector(`[data-ts="${ts}"]`);
const atEnd = () => scroll().scrollHeight - scroll().scrollTop - scroll().clientHeight < NEAR_END_PX;

/** How far a message's edges lie outside the view: above 0 beyond it, below 0 within. */
function beyond(message) {
  const [view, box] = [scroll(), message].map((element) => element.getBoundingClientRect());
  return { top: view.top - box.top, bottom: box.bottom - view.bottom, below: box.top > view.bottom - MARGIN_PX, above: box.bottom < view.top };
}

function offer(ts) {
  unseen = ts;
  byId('below').hidden = ts === null;
  byId('below').textContent = t('console.new-below');
}

/** Moves no more than it takes to see the message whole; one taller than the view is read from its top. */
export function reveal(ts) {
  followed = ts;
  const message = drawn(ts);
  if (!message) return;
  const { top, bottom } = beyond(message);
  if (top + MARGIN_PX > 0) scroll().scrollBy({ top: -top - MARGIN_PX });
  else if (bottom > 0) scroll().scrollBy({ top: Math.min(bottom + MARGIN_PX, -top - MARGIN_PX) });
  left = scroll().scrollTop;
  if (unseen !== null && !(drawn(unseen) && beyond(drawn(unseen)).below)) offer(null);
}

/** The person sent or pressed something: what comes next is shown. */
export function ask() {
  asked = true;
  // The event of a scroll that led to the button is still to come.
  left = scroll().scrollTop;
}

/** Call before a message is drawn; what it returns, after it. A message above the view never moves it. */
export function following(ts) {
  const old = drawn(ts);
  const follows = (asked || atEnd()) && !(old && beyond(old).above);
  return () => {
    if (follows) reveal(ts);
    else if (unseen === null && beyond(drawn(ts)).below) offer(ts);
  };
}

/** A picture has taken its room, and may have pushed away what is followed. */
export const settle = () => followed !== null && reveal(followed);

export function startFollowing() {
  byId('below').addEventListener('click', () => reveal(unseen));
  scroll().addEventListener('scroll', () => {
    if (Math.abs(scroll().scrollTop - left) < 2) return;
    left = scroll().scrollTop;
    asked = false;
    followed = null;
    if (unseen !== null && !(drawn(unseen) && beyond(drawn(unseen)).below)) offer(null);
  });
}
