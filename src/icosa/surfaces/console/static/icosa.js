// What a page does beyond links and forms.  Everything works without it but the keys; nothing here knows a page by name:
// what is wanted stands in the markup, as data-…, and so it holds for what htmx swaps in later as well.
(() => {
  "use strict"
  const one = (selector, within = document) => within.querySelector(selector)
  const all = (selector, within = document) => [...within.querySelectorAll(selector)]
  const on = (type, handler, capture) => document.addEventListener(type, handler, capture)
  const say = text => { const region = one("#said"); if (region) { region.textContent = ""; setTimeout(() => { region.textContent = text }, 50) } }
  const kept = (name, value) => { try { return value === undefined ? localStorage.getItem(name) : localStorage.setItem(name, value) } catch { return null } }
  const typing = target => target.closest?.("input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable]")

  // Moments are shown in the zone of who looks: the next page knows it.
  try {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (zone && !document.cookie.includes(`icosa_zone=${zone};`)) document.cookie = `icosa_zone=${zone}; path=/; max-age=31536000; samesite=lax`
  } catch { /* the server shows UTC, and says so */ }

  // Copying: of a text, or of what an element holds.  Off a secure address there is no clipboard: what is to be copied is selected.
  const copy = async button => {
    const from = button.dataset.copy && all(button.dataset.copy).find(each => each.checkVisibility())
    const text = button.dataset.text ?? from?.textContent ?? ""
    let done = false
    try { await navigator.clipboard.writeText(text); done = true } catch {
      if (from) { getSelection().selectAllChildren(from); try { done = document.execCommand("copy") } catch { /* it stays selected */ } }
    }
    say(done ? "Copied" : from ? "Selected: copy it with Ctrl C" : "This browser copies nothing here")
    if (done) { button.classList.add("copied"); const label = one("[data-label]", button); if (label) { const was = label.dataset.label; label.textContent = "Copied"; setTimeout(() => { label.textContent = was }, 1500) } }
  }

  // A property's state and its box are one thing: who types sends, who empties sends nothing; null and the empty text are said, not typed.
  const boxes = prop => all(".slot :is(input, textarea, select):not([data-beside])", prop)
  const says = box => box.type === "checkbox" || box.type === "radio" ? box.checked && box.value !== "" : box.type === "hidden" ? false : box.value !== ""
  const state = (prop, wanted) => {
    const select = one("select.as", prop), offer = one(".offer", prop)
    if (select && !all("option", select).some(each => each.value === wanted)) return
    prop.dataset.state = wanted
    if (select) select.value = wanted
    if (offer) offer.hidden = !(wanted === "unsent" && prop.dataset.emptied)
    for (const box of boxes(prop)) if ("placeholder" in box) { box.dataset.stays ??= box.placeholder; box.placeholder = { null: "null: cleared", empty: "an empty text" }[wanted] ?? box.dataset.stays }
    prop.closest("form")?.dispatchEvent(new CustomEvent("icosa:state", { bubbles: true }))
  }
  const typed = box => {
    const prop = box.closest(".prop")
    if (!prop || box.matches(".as") || !box.closest(".slot")) return
    const there = boxes(prop).some(says)
    prop.dataset.emptied = there ? "" : "yes"
    if (prop.dataset.state !== "item" || !there) state(prop, there ? "sent" : "unsent")
  }
  const changed = box => box.dispatchEvent(new Event("change", { bubbles: true }))
  const chosen = select => {
    const prop = select.closest(".prop"), wanted = select.value
    for (const box of boxes(prop)) {
      if (wanted === "sent" || wanted === "item") { if (box.dataset.was !== undefined && !says(box)) box.type === "checkbox" || box.type === "radio" ? box.checked = box.dataset.was === "on" : box.value = box.dataset.was; continue }
      if (box.type === "checkbox" || box.type === "radio") { box.dataset.was = box.checked ? "on" : ""; box.checked = box.type === "radio" && box.value === "" } else if (box.value !== "") { box.dataset.was = box.value; box.value = "" }
    }
    prop.dataset.emptied = ""
    state(prop, wanted)
    if (wanted === "sent" || wanted === "item") boxes(prop)[0]?.focus()
  }

  // A path of an item goes into the box that had the focus last, in the same step: into a text where one is typed, else as the whole value.
  let last
  const put = button => {
    const prop = last?.isConnected && last.closest("[data-step]") === button.closest("[data-step]") && last.closest(".prop")
    if (!prop) return failed("Click into a property of this step first, then on a value.")
    const item = one(".as-item", prop), inside = last.matches("textarea, input:not([type]), [type=text]") && last.value && !last.matches("[role=combobox]")
    const box = prop.dataset.state !== "item" && inside ? last : item
    state(prop, box === item ? "item" : "sent")
    box.focus()
    box.setRangeText(button.dataset.path, box.selectionStart, box.selectionEnd, "end")
    box.dispatchEvent(new Event("input", { bubbles: true }))
  }

  // What is wrong: the summary takes the focus when it comes, its links lead into the boxes, F8 to the next.
  const summary = () => { const made = one(".oops[data-focus]"); made?.focus(); made?.removeAttribute("data-focus") }
  const wrong = step => {
    const there = all(".prop.wrong, [aria-invalid=true]:not(.prop *)"), at = there.findIndex(each => each.contains(document.activeElement))
    const next = there[(at + step + there.length) % there.length]
    if (!next) return false
    next.closest("details")?.setAttribute("open", "")
    const seen = there => there.find(each => each.checkVisibility())
    const box = next.matches(".prop") ? seen(all("[aria-invalid=true]", next)) ?? seen(boxes(next)) : next
    box?.focus()
    return true
  }

  // What a check said of a property: its mark, and its boxes, which stay as they are.
  const judged = error => {
    const prop = error.closest(".prop"), bad = error.childElementCount > 0
    if (!prop || prop.classList.contains("wrong") === bad) return
    prop.classList.toggle("wrong", bad)
    for (const box of boxes(prop)) {
      const about = (box.getAttribute("aria-describedby") ?? "").split(" ").filter(each => each && each !== error.id)
      box.setAttribute("aria-describedby", (bad ? [error.id, ...about] : about).join(" "))
      bad ? box.setAttribute("aria-invalid", "true") : box.removeAttribute("aria-invalid")
    }
  }

  // What stays in a record where nothing is sent, when another record was picked.
  const stays = hint => {
    const box = document.getElementById(hint.dataset.staysOf), none = box?.matches("select") && one("option[value='']", box)
    if (none) none.textContent = hint.value
    else if (box && "placeholder" in box) { box.dataset.stays = hint.value; if (!["null", "empty"].includes(box.closest(".prop").dataset.state)) box.placeholder = hint.value }
    hint.remove()
  }

  // Boxes that offer what is found: the arrows move through it, Enter takes it.
  const offers = box => all("[role=option]", document.getElementById(box.getAttribute("aria-controls")) ?? document.createElement("i"))
  const marked = box => offers(box).find(each => each.getAttribute("aria-selected") === "true")
  const mark = (box, option) => {
    for (const each of offers(box)) each.setAttribute("aria-selected", String(each === option))
    option ? box.setAttribute("aria-activedescendant", option.id) : box.removeAttribute("aria-activedescendant")
    option?.scrollIntoView({ block: "nearest" })
  }
  const offering = (event, box) => {
    const there = offers(box), at = there.indexOf(marked(box))
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && there.length) mark(box, there[(at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1) + there.length) % there.length])
    else if (event.key === "Enter" && (at >= 0 || box.closest("dialog")) && there.length) there[Math.max(at, 0)].click()
    else if (event.key === "Escape" && there.length && !box.closest("dialog")) shut(box)
    else return
    event.preventDefault()
  }
  const shut = box => { document.getElementById(box.getAttribute("aria-controls"))?.replaceChildren(); box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant") }
  const take = option => {
    const box = all("[role=combobox]").find(each => each.getAttribute("aria-controls") === option.closest("[role=listbox]")?.id)
    const holder = box && box.dataset.fills && document.getElementById(box.dataset.fills)
    if (!holder) return
    box.value = option.dataset.name ?? option.textContent.trim()
    holder.value = `${option.dataset.id} ${box.value}`  // it counts as long as that name stands beside it
    shut(box); box.focus(); changed(box)
  }

  // Dialogs, and what opens them; the links stay links where there is no script, or no such dialog.
  const open = name => {
    const dialog = document.getElementById(name)
    if (!dialog?.showModal) return false
    if (!dialog.open) { all("dialog[open]").forEach(each => each.close()); dialog.showModal() }
    const box = one("[data-first]", dialog)
    if (box) { box.focus(); box.select?.(); window.htmx?.trigger(box, "opened") }
    return true
  }

  const leave = dialog => { dialog.close(); if (dialog.contains(document.activeElement)) document.activeElement.blur() }

  // A table as a grid: one tab stop, the arrows move, Enter opens, e or F2 edits, x selects, Esc leaves off.
  const cells = row => [...row.cells]
  const rows = grid => [...grid.rows]
  const column = cell => cell.closest("table").tHead.rows[0].cells[cell.cellIndex]?.dataset.name // of what is edited there
  const edit = cell => {
    const table = cell.closest("table[data-edits]"), row = cell.parentElement, name = table && row.closest("tbody") && !row.matches(".gone") && column(cell)
    if (!name || cell.matches(".edit")) return false
    window.htmx?.ajax("GET", `${table.dataset.edits}/${row.id.slice(2)}/cell/${name}${cell.matches("th") ? "?head=1" : ""}`, { source: cell, target: cell, swap: "outerHTML" })
    return true
  }
  const grid = table => {
    if (table.getAttribute("role") !== "grid") {
      table.setAttribute("role", "grid")
      table.closest(".grid-wrap")?.removeAttribute("tabindex")
    }
    for (const row of table.dataset.edits ? table.tBodies[0].rows : []) for (const each of row.cells) { const name = column(each); if (name && !each.id) each.id = `c-${row.id.slice(2)}-${name}` }
    for (const each of all("tbody td:not([role])", table)) each.setAttribute("role", "gridcell")
    for (const each of all("thead td:not([role])", table)) each.setAttribute("role", "columnheader")
    for (const each of all("a, button, input[type=checkbox]", table)) if (!each.closest(".edit")) each.tabIndex = -1
    for (const each of all("th, td", table)) if (each.tabIndex !== 0 || !each.hasAttribute("tabindex")) each.tabIndex = -1
    if (!one("[tabindex='0']:is(th, td)", table)) (one("tbody th", table) ?? one("th, td", table))?.setAttribute("tabindex", "0")
  }
  const stop = (table, cell) => {
    for (const each of all("[tabindex='0']:is(th, td)", table)) if (each !== cell) each.tabIndex = -1
    cell.tabIndex = 0
  }
  const step = (event, cell) => {
    const table = cell.closest("table"), there = rows(table), y = there.indexOf(cell.parentElement), x = cell.cellIndex, last = there.length - 1
    const to = { ArrowLeft: [x - 1, y], ArrowRight: [x + 1, y], ArrowUp: [x, y - 1], ArrowDown: [x, y + 1], Home: [0, event.ctrlKey ? 0 : y], End: [1e6, event.ctrlKey ? last : y], PageDown: [x, y + 10], PageUp: [x, y - 10] }[event.key]
    if (!to || event.altKey) return false
    const row = cells(there[Math.min(Math.max(to[1], 0), last)]), next = row[Math.min(Math.max(to[0], 0), row.length - 1)]
    stop(table, next); next.focus(); next.scrollIntoView({ block: "nearest", inline: "nearest" })
    return true
  }
  const tick = row => { const box = row && one("input[data-select]", row); if (box) { box.checked = !box.checked; box.dispatchEvent(new Event("change", { bubbles: true })) } return Boolean(box) }
  const inGrid = (event, cell) => {
    if (step(event, cell)) return true
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    const row = cell.parentElement
    if (event.key === "Enter") { const link = one("a, button", cell) ?? one("th a", row); link?.click(); return Boolean(link) }
    if (event.key === " ") { const box = one("input[type=checkbox]", cell); box?.click(); return Boolean(box) }
    if (event.key === "F2" || (event.key === "e" && single())) return edit(cell)
    return event.key === "x" && single() && tick(row)
  }
  const selected = within => {
    const boxes = all("input[data-select]", within), count = boxes.filter(each => each.checked).length
    for (const each of boxes) each.closest("tr, li")?.setAttribute("aria-selected", String(each.checked))
    const every = one("input[data-all]", within), bulk = one(".bulk", within)
    if (every) { every.checked = count > 0 && count === boxes.length; every.indeterminate = count > 0 && count < boxes.length }
    if (bulk) { bulk.hidden = count === 0; if (!count) for (const each of all("input", bulk)) each.checked = false; const number = one("[data-count]", bulk); if (number) number.textContent = `${count} selected` }
  }

  // A box that offers what stood in it before, in this browser: the last twenty.
  const keep = box => {
    let last = []
    try { last = JSON.parse(kept(box.dataset.kept)) ?? [] } catch { /* somebody else's */ }
    if (box.value && box.getAttribute("aria-invalid") !== "true") kept(box.dataset.kept, JSON.stringify(last = [box.value, ...last.filter(each => each !== box.value)].slice(0, 20)))
    box.list?.replaceChildren(...last.map(each => new Option(each, each)))
  }

  // Keys.  Single ones count outside of fields only, and can be switched off; Alt and what browsers use are left alone.
  const single = () => kept("icosa.keys") !== "off"
  let going = 0
  const key = event => {
    const target = event.target, ctrl = event.ctrlKey || event.metaKey
    if (event.defaultPrevented || event.altKey || event.isComposing) return
    if (ctrl && event.key.toLowerCase() === "k" && !event.shiftKey) return open("palette")
    if (ctrl && event.key === "Enter") { const form = target.closest?.("form[data-run]") ?? one("form[data-run]"); form?.requestSubmit(one(".go", form)); return Boolean(form) }
    if (event.key === "F8") return wrong(event.shiftKey ? -1 : 1)
    const dialog = one("dialog[open]")
    if (event.key === "Escape" && dialog) { leave(dialog); return true } // at once: by itself, the browser gives up the focus later than the next key may come
    const box = target.matches?.("[role=combobox]")
    if (box && (event.key !== "Escape" || offers(target).length)) return offering(event, target)
    if (event.key === "Escape" && target.closest?.("[data-cancels]")) { one("[data-cancel]", target.closest("[data-cancels]"))?.click(); return true }
    if (typing(target)) return
    const cell = target.closest?.("[role=grid] :is(th, td)")
    if (cell && inGrid(event, cell)) return true
    if (ctrl && event.key.toLowerCase() === "z" && !event.shiftKey) { const undo = all("[data-undo]").pop(); undo?.click(); return Boolean(undo) }
    if (ctrl || !single() || dialog) return
    if (Date.now() < going) { going = 0; const link = one(`[data-go="${CSS.escape(event.key)}"]`); if (link) { link.click(); return true } }
    if (event.key === "g") { going = Date.now() + 1500; return true }
    if (event.key === "/") { const box = one("[data-slash]"); if (box) { box.focus(); box.select?.(); return true } return open("palette") }
    if (event.key === "n" || event.key === "p") { const link = one(`a[rel=${event.key === "n" ? "next" : "prev"}]`); link?.click(); return Boolean(link) }
    if (event.key === "?") return open("keys")
  }

  on("keydown", event => { if (key(event) === true) event.preventDefault() })
  on("click", event => {
    const target = event.target, find = selector => target.closest?.(selector)
    let at
    if ((at = find("[data-copy], [data-text]"))) { event.preventDefault(); copy(at) }
    else if ((at = find("[data-opens]"))) { if (!event.ctrlKey && !event.metaKey && !event.shiftKey && open(at.dataset.opens)) event.preventDefault() }
    else if ((at = find("[data-closes]"))) { event.preventDefault(); at.closest("dialog, .toast, [data-closable]")?.[at.closest("dialog") ? "close" : "remove"]() }
    else if ((at = find("[data-toggles]"))) { event.preventDefault(); const it = document.getElementById(at.dataset.toggles); at.setAttribute("aria-expanded", String(it.classList.toggle("open"))); if (location.hash) history.replaceState(history.state, "", location.pathname + location.search) }
    else if ((at = find("[role=option][data-id]"))) { event.preventDefault(); take(at) }
    else if ((at = find(".offer"))) { event.preventDefault(); const select = one("select.as", at.closest(".prop")); select.value = "empty"; changed(select) }
    else if ((at = find("[data-path]"))) put(at)
    else if ((at = find("[data-unselect]"))) { for (const each of all("input[data-select]")) each.checked = false; selected(document) }
    else if ((at = find(".oops a[href^='#']"))) { const box = document.getElementById(at.hash.slice(1)); if (box) { event.preventDefault(); box.closest("details")?.setAttribute("open", ""); box.focus() } }
    else if (target.matches?.("dialog")) target.close()
  })
  on("dblclick", event => { const cell = event.target.closest?.("[data-edits] td"); if (cell) edit(cell) }) // a first cell leads on by its click
  on("input", event => typed(event.target))
  on("change", event => {
    const target = event.target
    if (target.matches("select.as")) chosen(target)
    else if (target.matches("input[data-all]")) { for (const each of all("input[data-select]")) each.checked = target.checked; selected(document) }
    else if (target.matches("input[data-select]")) selected(document)
    else if (target.matches("input[data-keys]")) kept("icosa.keys", target.checked ? "on" : "off")
    else if (target.matches(".copy input[type=radio]")) kept("icosa.as", target.value)
    else typed(target)
  })
  on("focusin", event => { if (event.target.matches?.(".slot :is(input, textarea, select)")) last = event.target; const cell = event.target.closest?.("[role=grid] :is(th, td)"); if (cell) stop(cell.closest("table"), cell) })
  on("focusout", event => { const box = event.target; if (box.matches?.("[role=combobox][data-fills]")) setTimeout(() => { if (document.activeElement !== box && !document.activeElement?.closest("[role=listbox]")) shut(box) }, 150) })

  // A card that is dragged into another lane goes there at once and sends its own form; the answer puts both lanes as they are.
  let held, back
  const lane = event => held && event.target.closest?.("[data-lane]")
  const over = at => { for (const each of all(".lane")) each.classList.toggle("over", each === at) }
  on("dragstart", event => { held = event.target.closest?.(".card[draggable]"); held?.classList.add("held") })
  on("dragover", event => { const at = lane(event); if (at) { event.preventDefault(); over(at) } })
  on("dragend", () => { held?.classList.remove("held"); held = null; over() })
  on("drop", event => {
    const at = lane(event), card = held
    if (!at || at === card.closest("[data-lane]")) return
    event.preventDefault()
    back = [card, card.parentElement, card.nextSibling]
    const list = one("ul", at) ?? at.appendChild(document.createElement("ul"))
    list.prepend(card)
    one("select", card).value = at.dataset.lane
    one("form", card).requestSubmit()
  })
  const returned = () => { if (back?.[0].isConnected) { back[1].insertBefore(back[0], back[2]); one("form", back[0]).reset() } back = null }

  // What is new on the page, when it comes and after each swap.
  const ready = within => {
    all("table[data-grid]").forEach(grid)
    selected(document)
    summary()
    all("[data-error]").forEach(judged)
    all("[data-stays-of]").forEach(stays)
    const as = kept("icosa.as")
    for (const each of all(".copy input[type=radio]", within)) if (each.value === as) each.checked = true
    for (const each of all("select.as option[value='']", within)) { const select = each.parentElement; each.remove(); select.value = select.closest(".prop").dataset.state }
    for (const each of all("input[data-keys]")) each.checked = single()
    for (const each of all("[role=combobox][aria-controls]")) { const any = offers(each).length > 0; each.setAttribute("aria-expanded", String(any)); if (any && each.closest("dialog") && !marked(each)) mark(each, offers(each)[0]) }
    for (const edit of all("[role=grid] .edit, [data-cancels]:not(.edit)")) if (!edit.contains(document.activeElement)) { const box = one("[data-first]", edit) ?? one("input:not([type=hidden], [name$='.as']), select, textarea", edit); box?.focus(); box?.select?.() }
    for (const each of all("[data-kept]", within)) keep(each)
  }
  const failed = (text, way) => {
    const toasts = one("#toasts"), made = document.createElement("div"), close = document.createElement("button")
    if (!toasts || one(".toast[data-failed]", toasts)?.dataset.failed === text) return
    works()
    made.className = "toast bad"; made.dataset.failed = text; close.className = "b bare"; close.dataset.closes = ""; close.textContent = "Close"
    made.append(Object.assign(document.createElement("span"), { textContent: text }), way ?? "", close)
    toasts.append(made)
  }
  const works = () => one(".toast[data-failed]")?.remove() // what failed before is over
  // What had the focus may be gone with what was swapped: it goes to what came in its place.
  const refocus = target => {
    const there = document.activeElement === document.body && target?.id && document.getElementById(target.id)
    if (there) (one("[data-first]", there) ?? one("input:not([type=hidden]), select, textarea", there) ?? (there.hasAttribute("tabindex") ? there : null))?.focus()
  }
  on("htmx:after:swap", event => {
    const target = event.detail?.ctx?.target  // a selector, where a status has another target
    ready(target instanceof Element ? target : document)
    refocus(target)
  })
  // A session that ended takes nobody from a page on which something is typed: one signs in beside it, and sends again.
  on("htmx:before:response", event => {
    const status = event.detail.ctx.response.status
    if (status < 400) works()
    if (status !== 401) return
    event.preventDefault(); returned()
    failed("Your session has ended, and this was not done. Sign in, in another tab, and do it again here: what you typed stays.", Object.assign(document.createElement("a"), { href: "/sign-in", target: "_blank", className: "b", textContent: "Sign in" }))
  })
  on("htmx:response:error", () => returned())
  on("htmx:error", () => { returned(); failed("The server did not answer. What you see is as it was; try again.") })
  window.addEventListener("pageshow", event => { if (event.persisted) ready(document) })
  // htmx begins by a timer of its own, so a key that came first would open a palette that nothing fills: it begins with the keys.
  const begin = () => { window.htmx?.process(document.body); ready(document) }
  document.readyState === "loading" ? on("DOMContentLoaded", begin) : begin()
})()
