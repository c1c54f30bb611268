const key = document.querySelector('meta[name="console-key"]').content;

/** Asks the console to do something. Rejects with an Error whose `code` says why not. */
export async function post(name, given = {}) {
  const response = await fetch(`/page/${name}`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-console-key': key }, body: JSON.stringify(given) });
  const answer = await response.json();
  if (!answer.ok) throw Object.assign(new Error(answer.error), { code: answer.error });
  return answer;
}

export const fileAddress = (id) => `/page/files/${id}?key=${key}`;

/** Listens to everything that changes; the first message holds the whole conversation. Reconnects by itself. */
export function listen(onChange, onConnection) {
  const source = new EventSource(`/page/changes?key=${key}`);
  source.onopen = () => onConnection(true);
  source.onerror = () => onConnection(false);
  source.onmessage = ({ data }) => onChange(JSON.parse(data));
}

/** Sends a file's bytes; `onProgress` hears shares from 0 to 1. fetch can't report progress, XMLHttpRequest can. */
export function upload(file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/page/upload?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('x-console-key', key);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    // A failure of the server's own says nothing of the file.
    request.onload = () => (request.response?.ok ? resolve(request.response.id) : reject(Object.assign(new Error(), { code: request.status >= 500 ? 'server' : request.response?.error })));
    request.onerror = () => reject(Object.assign(new Error(), { code: 'broken' }));
    request.send(file);
  });
}
