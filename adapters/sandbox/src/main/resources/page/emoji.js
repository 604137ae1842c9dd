// The few emoji that the page knows by name. Slack speaks in names, Discord in characters.

const NAMES = {
  thumbsup: "👍", "+1": "👍", thumbsdown: "👎", "-1": "👎", heart: "❤️", tada: "🎉", eyes: "👀", white_check_mark: "✅",
  joy: "😂", smile: "😄", thinking_face: "🤔", rocket: "🚀", wave: "👋", pray: "🙏", fire: "🔥", warning: "⚠️",
  x: "❌", bulb: "💡", book: "📖", lock: "🔒", key: "🔑", hourglass_flowing_sand: "⏳", robot_face: "🤖", star: "⭐",
};

const PICKED = ["thumbsup", "heart", "tada", "eyes", "white_check_mark", "joy", "thinking_face", "rocket"];

/** The character of a name or of itself. */
export function face(emoji) {
  return NAMES[emoji.replaceAll(":", "")] || emoji;
}

export function known(name) {
  return Object.hasOwn(NAMES, name);
}

/** What a person may react with: { name, face, value }, the value as the platform wants it. */
export function choices(side) {
  return PICKED.map(name => ({ name: name.replaceAll("_", " "), face: NAMES[name], value: side === "slack" ? name : NAMES[name] }));
}
