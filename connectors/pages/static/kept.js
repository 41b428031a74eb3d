// The key of the conversation, for as long as this tab lives.
const KEY = "hub-conversation";

export const keep = (key) => sessionStorage.setItem(KEY, JSON.stringify(key));
export const kept = () => JSON.parse(sessionStorage.getItem(KEY));
export const forget = () => sessionStorage.removeItem(KEY);
