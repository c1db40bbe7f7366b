// Optional: solves the receiver's challenge (ALTCHA with PBKDF2) while somebody fills in a form.
for (const field of document.querySelectorAll("[data-challenge]")) {
  const bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (it) => parseInt(it, 16));
  const hexOf = (buffer) => Array.from(new Uint8Array(buffer), (it) => it.toString(16).padStart(2, "0")).join("");

  const solve = async () => {
    const challenge = await (await fetch(field.dataset.challenge)).json();
    const { algorithm, nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
    const [name, hash] = algorithm.split("/");
    const how = { name, hash, salt: bytesOf(salt), iterations: cost };
    const password = new Uint8Array([...bytesOf(nonce), 0, 0, 0, 0]);
    for (let counter = 0; ; counter++) {
      new DataView(password.buffer).setUint32(password.length - 4, counter);
      const key = await crypto.subtle.importKey("raw", password, name, false, ["deriveBits"]);
      const derivedKey = hexOf(await crypto.subtle.deriveBits(how, key, keyLength * 8));
      if (derivedKey.startsWith(keyPrefix)) return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
    }
  };

  const begin = () => solve().then((proof) => (field.value = proof), () => {});
  field.form.addEventListener("focusin", begin, { once: true });
}
