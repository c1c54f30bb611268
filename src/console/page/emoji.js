const SIGNS = {
  warning: '⚠️', white_check_mark: '✅', x: '❌', hourglass: '⌛', hourglass_flowing_sand: '⏳', musical_note: '🎵', notes: '🎶', headphones: '🎧', microphone: '🎤', studio_microphone: '🎙️', guitar: '🎸', bar_chart: '📊',
  chart_with_upwards_trend: '📈', chart_with_downwards_trend: '📉', tada: '🎉', eyes: '👀', wave: '👋', thumbsup: '👍', '+1': '👍', thumbsdown: '👎', '-1': '👎', bulb: '💡', mag: '🔍', information_source: 'ℹ️', question: '❓', exclamation: '❗', star: '⭐',
  fire: '🔥', calendar: '📅', date: '📅', clock1: '🕐', bell: '🔔', lock: '🔒', link: '🔗', heart: '❤️', rocket: '🚀', arrow_up: '⬆️', arrow_down: '⬇️', arrow_right: '➡️', small_blue_diamond: '🔹', large_green_circle: '🟢', large_yellow_circle: '🟡', red_circle: '🔴', trophy: '🏆', scales: '⚖️', smile: '😄', thinking_face: '🤔', sweat_smile: '😅', page_facing_up: '📄', file_folder: '📁', loud_sound: '🔊', mute: '🔇', cd: '💿', globe_with_meridians: '🌐', busts_in_silhouette: '👥', repeat: '🔁',
};

/** :tada: as the sign; unknown names stay as they are. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => (Object.hasOwn(SIGNS, name) ? SIGNS[name] : whole));
