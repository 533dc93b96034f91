// Of one element: a selector that will still find it tomorrow. Of the page: every visible element that has such a one.
// Words are taken of buttons and links alone, and never what a field holds.
(only) => {
  const made = /\d{3,}|^:|[0-9a-f]{8}|^radix|^headlessui|^mui-|^ember\d/i;
  const quoted = (text) => JSON.stringify(text);
  const alone = (selector) => {
    try {
      return document.querySelectorAll(selector).length === 1;
    } catch {
      return false;
    }
  };
  const words = (element) => {
    if (!element.matches("button, a, [role=button], [role=menuitem], input[type=submit], input[type=button]")) return "";
    const said = element.innerText || element.value || element.getAttribute("aria-label") || element.title || "";
    return said.replace(/\s+/g, " ").trim().slice(0, 40);
  };
  const ways = (element) => {
    const tag = element.localName;
    const found = [];
    if (element.id && !made.test(element.id)) found.push(["id", `#${CSS.escape(element.id)}`]);
    for (const name of ["data-testid", "data-test", "data-cy", "data-qa"]) {
      const value = element.getAttribute(name);
      if (value && !made.test(value)) found.push(["test", `[${name}=${quoted(value)}]`]);
    }
    const name = element.getAttribute("name");
    if (name && !made.test(name)) found.push(["name", `${tag}[name=${quoted(name)}]`]);
    const role = element.getAttribute("role");
    if (role && !["alert", "status", "presentation", "none"].includes(role)) found.push(["tag", `[role=${quoted(role)}]`]);
    if (["main", "nav", "header", "aside", "form", "article"].includes(tag)) found.push(["tag", tag]);
    if (tag === "input" && element.type === "password") found.push(["tag", "input[type=password]"]);
    for (const name of element.classList) {
      if (/^[a-z]+([-_][a-z]+)*$/.test(name)) found.push(["class", `${tag}.${CSS.escape(name)}`]);
    }
    return found;
  };
  const stable = (element) => {
    const way = ways(element).find(([, selector]) => alone(selector));
    if (way) return way;
    const said = words(element);
    return said ? ["text", `${element.localName}:text-is(${quoted(said)})`] : null;
  };
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility === "visible";
  };
  if (only instanceof Element) return (stable(only) || ["", ""])[1];

  const passwords = [...document.querySelectorAll("input[type=password]")].filter(visible);
  const inside = (element) => {
    const url = element.localName === "a" && element.getAttribute("href") ? new URL(element.href, location.href) : null;
    return url && url.origin === location.origin && !element.target ? url.pathname + url.search + url.hash : "";
  };
  const left = "script, style, link, meta, option, template, br, svg *";
  return [...document.body.querySelectorAll("*")]
    .filter((element) => !element.matches(left) && visible(element))
    .slice(0, 2000)
    .flatMap((element) => {
      const way = stable(element);
      if (!way) return [];
      return [{
        kind: way[0],
        selector: way[1],
        tag: element.localName,
        words: words(element),
        holds_password: passwords.some((field) => element.contains(field)),
        in_form: Boolean(element.form && element.form.querySelector("input, textarea, select")),
        href: inside(element),
      }];
    });
}
