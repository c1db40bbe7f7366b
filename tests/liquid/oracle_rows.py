"""Liquid for the oracle: what Jekyll makes of each of these texts, sitegen does, too."""

from __future__ import annotations

from collections.abc import Mapping

FRONT = """---
title: All
tags: [a, b c]
categories: [x]
mood: fine
num: 5
flt: 2.5
empty_s: ''
list: [3, 1, 2]
words: [b, A, c]
map: {k: v, n: {m: 1}}
day: 2020-02-03
when: 2020-02-03 04:05:06 +0200
---
"""
FILES: Mapping[str, str] = {
    "_config.yml": "url: https://example.org\nbaseurl: /blog\ntitle: Site\ntimezone: America/New_York\n",
    "_posts/2020-01-02-first.html": "---\ntitle: First\ntags: [a]\nrank: 3\n---\n<p>One.</p>\n",
    "_posts/2020-01-03-second.html": (
        "---\ntitle: Second\ntags: [a, z]\nrank: 10\nextra: {deep: {x: 1}}\n---\n<p>Two.</p>\n\n<p>More.</p>"
    ),
    "_posts/part.txt": "{{ include.a }} of {{ page.mood }}",
    "_data/people.yml": (
        "- {name: Bob, age: 31, langs: [c, d], boss: {name: Al}}\n- {name: Al, age: 9}\n"
        "- {name: Cy, age: 31, nick: ~}\n- {name: Dee, age: '9'}\n"
    ),
    "_data/map.yml": "b: {t: B}\na: {t: A}\n",
    "_data/types.yml": "f: 1.10\ni: 010\ns: '1'\nt: yes\nd: 2020-01-02\nm: !x y\nbig: 1_000\n",
    "_data/deep/er.json": '{"x": [1, 2, {"y": null},]}',
    "_data/t.csv": "name,n\na,1\nb\n",
    "_data/with-dash.yml": "x: 1\n",
    "_data/with space.yml": "x: 2\n",
    "_data/dot.ted.yml": "x: 3\n",
    "_includes/note.html": ('<b class="{{ include.kind }}">{{ include.text }}</b>{% assign noted = "yes" %}{{ none }}'),
    "_includes/sub/x.md": "[{{ include.a | default: 'd' }}]",
    "_includes/plain.html": "plain {{ x }}",
    "_includes/loop.html": "{% for i in include.items %}{{ i }},{% endfor %}",
}
TAGS = (
    "{% capture /dev/null %}x{% endcapture %}a",
    "{% capture 'q' %}x{% endcapture %}[{{ q }}]",
    '{% capture "q" %}x{% endcapture %}[{{ q }}]',
    "{% if page.[mood] != nil %}a{% else %}b{% endif %}",
    "{% assign k = 'mood' %}{{ page[k] }}{{ page.[k] }}{{ page[\"mood\"] }}{{ page['mood'] }}",
    "{% for x in page.map %}{{ x }}|{{ x[0] }}={{ x[1] }};{% endfor %}",
    "{% for x in page.map %}{{ x | first }}{% endfor %}{{ page.map | first }}",
    '{% for x in "abc" %}{{ x }}-{% endfor %}',
    "{% for x in page.mood %}{{ x }}-{% endfor %}",
    "{% for x in page.num %}{{ x }}-{% else %}none{% endfor %}",
    "{% for x in page.nothing %}{{ x }}-{% else %}none{% endfor %}",
    "{% for x in page.list limit:2 %}{{ x }}{% endfor %}",
    "{% for x in page.list limit: 2 offset: 1 %}{{ x }}{% endfor %}",
    "{% for x in page.list reversed %}{{ x }}{% endfor %}",
    "{% for x in page.list reversed limit:1 %}{{ x }}{% endfor %}",
    "{% for x in page.list limit:1 reversed %}{{ x }}{% endfor %}",
    "{% for x in page.list | sort %}{{ x }}{% endfor %}",
    "{% for x in page.list, limit: 2 %}{{ x }}{% endfor %}",
    "{% for x in (1..page.num) %}{{ x }}{% endfor %}",
    (
        "{% for x in (1..3) reversed %}{{ x }}{{ forloop.index }}{{ forloop.index0 }}"
        "{{ forloop.rindex }}{{ forloop.rindex0 }}{{ forloop.first }}{{ forloop.last }}"
        "{{ forloop.length }};{% endfor %}"
    ),
    "{% for x in (1..3) %}{% for y in (1..2) %}{{ forloop.parentloop.index }}{{ y }} {% endfor %}{% endfor %}",
    (
        "{% for i in (1..10) limit: 3 %}{{ i }}{% endfor %}"
        "{% for i in (1..10) offset: continue limit: 2 %}{{ i }}{% endfor %}"
    ),
    (
        "{% for x in page.list %}{% if x == 1 %}{% continue %}{% endif %}{{ x }}{% if x == 2 %}"
        "{% break %}{% endif %}{% endfor %}"
    ),
    "{% for post in site.posts limit:2 offset:1 %}{{ post.title | size }}{% endfor %}",
    "{% for x in (3..1) %}{{ x }}{% endfor %}",
    "{% for x in (1.5..3.5) %}{{ x }}{% endfor %}",
    "{% for x in ('1'..'3') %}{{ x }}{% endfor %}",
    "{% tablerow x in page.list cols:2 %}{{ x }}{% endtablerow %}",
    "{% if page.mood == 'fine' && page.num %}a{% else %}b{% endif %}",
    "{% if page.mood == fine %}a{% else %}b{% endif %}",
    (
        "{% if page.num > 3 and page.num < 10 %}a{% endif %}{% if page.num >= 5 %}b{% endif %}"
        "{% if page.num <> 4 %}c{% endif %}{% if page.num != 5 %}d{% endif %}"
    ),
    (
        "{% if page.empty_s %}a{% endif %}{% if page.list %}b{% endif %}{% if 0 %}c{% endif %}"
        "{% if '' %}d{% endif %}{% if page.nothing %}e{% endif %}"
    ),
    (
        "{% if page.tags contains 'a' %}a{% endif %}{% if page.mood contains 'in' %}b{% endif %}"
        "{% if page.nothing contains 'x' %}c{% endif %}{% if page.map contains 'k' %}d{% endif %}"
        "{% if page.list contains 3 %}e{% endif %}{% if page.list contains '3' %}f{% endif %}"
    ),
    (
        "{% if true and false or true %}a{% else %}b{% endif %}{% if false and true or true %}"
        "c{% else %}d{% endif %}{% if true or true and false %}e{% else %}f{% endif %}"
    ),
    "{% if page.a == page.b %}a{% endif %}{% if 'a' < 'b' %}b{% endif %}{% if nil < 1 %}c{% endif %}",
    '{% if page.mood == "fine" %}a{%elsif page.num%}b{%else%}c{%endif%}',
    "{% if page.mood == 'x' %}a{% elsif page.num == 5 %}b{% else %}c{% endif %}",
    "{% if page.mood != 'x' %}a{% else if page.num %}b{% endif %}",
    "{% unless page.mood == 'x' %}a{% else %}b{% endunless %}{% unless page.x %}c{% elsif true %}d{% endunless %}",
    "{% case page.num %}{% when 1 %}a{% when 5 %}b{% else %}c{% endcase %}",
    "{% case page.num %}{% when 1 or 5 %}a{% when 5 %}b{% else %}c{% endcase %}",
    '{% case page.mood %} junk {% when "x", "fine" %}a{% when \'fine\' %}b{% endcase %}',
    "{% case page.x %}{% when nil %}a{% else %}b{% endcase %}",
    "{% case page.mood %}{% when 'a' %}1{% else %}2{% else %}3{% endcase %}",
    "{% assign x = page.mood | upcase %}{{ x }}{% assign y = x | downcase | append: 'z' %}{{ y }}",
    '{% assign x = page.list | join: ", " | prepend: "[" %}{{ x }}',
    "{% assign x = 'a' 'b' %}{{ x }}",
    "{% assign x=1 %}{{x}}{% assign x = x | plus:1 %}{{x}}",
    "{% assign x.y = 1 %}{{ x.y }}|{{ x }}",
    "{% assign x = page.num == 5 %}{{ x }}",
    "{% assign x = true and false %}{{ x }}",
    "{% assign x = \"a\" | split: \",\" %}{{ x | push: 'b' | join: '+' }}{{ x.size }}",
    "{% assign x = nil %}[{{ x }}]{% assign x = empty %}[{{ x }}]",
    "{% increment c %}{% increment c %}{{ c }}{% decrement c %}{{ c }}",
    "{% cycle 'a', 'b' %}{% cycle 'a', 'b' %}{% cycle 'x': 1, 2 %}{% cycle 'x': 1, 2 %}{% cycle 'a', 'b' %}",
    "{% raw %}{{ x }}{% if %}{% endraw %}{%raw%} y {%endraw%}",
    "{% ifchanged %}x{% endifchanged %}",
    "{% for i in (1..3) %}{% ifchanged %}{{ i | divided_by: 2 }}{% endifchanged %}{% endfor %}",
    "{% include note.html %}",
    '{% include note.html kind="a b" text=\'c"d\' %}{{ noted }}',
    '{% include note.html kind = "a" text = page.mood %}',
    '{% include note.html text="a \\"q\\" b" %}',
    (
        "{% include sub/x.md %}{% include sub/x.md a=1 %}{% include sub/x.md a=1.5 %}"
        "{% include sub/x.md a=true %}{% include sub/x.md a=nothing %}{% include sub/x.md a=nil %}"
    ),
    "{% assign f = 'plain' %}{% include {{ f }}.html %}{% include {{f}}.html x=1 %}",
    "{% assign f = 'plain.html' %}{% include {{ f }} %}",
    "{% assign f = 'PLAIN' %}{% include {{ f | downcase }}.html %}",
    "{% assign x = 7 %}{% include plain.html %}",
    "{% include loop.html items=page.list %}{% include loop.html items=site.data.map %}",
    "{% for i in (1..2) %}{% include sub/x.md a=i %}{% include sub/x.md a=forloop.index %}{% endfor %}",
    "{% post_url 2020-01-02-first %} {% post_url /2020-01-02-first %} {%post_url 2020-01-03-second%}",
    "{% assign p = '2020-01-02-first' %}{% link _posts/{{ p }}.html %}",
    (
        "{{ site.data.people | group_by: 'age' | map: 'name' | join: ';' }}"
        "|{% assign g = site.data.people | group_by: 'age' %}{% for x in g %}{{ x.name }}:{{ x.size }}"
        ":{{ x.items | map: 'name' | join: ',' }};{% endfor %}"
    ),
    (
        "{% assign g = site.data.people | group_by_exp: 'p', 'p.name | size' %}{% for x in g %}"
        "{{ x.name }}:{{ x.size }};{% endfor %}"
    ),
    (
        "{{ site.data.map.a.t }}{{ site.data['map']['b'].t }}{% for x in site.data.map %}{{ x[0] }}"
        "{{ x[1].t }}{% endfor %}{{ site.data.map | size }}"
    ),
    (
        '{{ page.date | date: "%d" | plus: 0 }}{% assign d = page.date | date: "%-d" %}{% case d %}'
        "{% when '1' or '21' %}st{% else %}th{% endcase %}"
    ),
    (
        "{% assign last = site.posts.last %}{{ last.title }}{{ last.date | date: '%Y' }}"
        "{{ last.tags | join }}{{ last.next.title }}{{ last.next.extra.deep.x }}{{ last.next.excerpt }}"
    ),
    (
        "{% assign s = site.posts | sort: 'title' %}{{ s.first.title }}"
        "{% assign s = site.posts | sort: 'date' %}{{ s.first.title }}"
        "{% assign s = site.posts | where: 'title', 'First' | first %}{{ s.url }}"
    ),
    (
        "{% for tag in site.tags %}{% assign t = tag | first %}{% assign posts = tag | last %}{{ t }}"
        "{{ posts.size }};{% endfor %}"
    ),
    (
        "{% assign keys = '' | split: '' %}{% for t in site.tags %}{% assign keys = keys | push: t[0] %}"
        "{% endfor %}{{ keys | sort | join: ',' }}"
    ),
    (
        "{% capture tags %}{% for tag in site.tags %}{{ tag[0] }}{% unless forloop.last %}"
        ",{% endunless %}{% endfor %}{% endcapture %}{% assign ts = tags | split: ',' | sort %}"
        "{{ ts | join: ' ' }}"
    ),
    '{% highlight nosuchlang %}<a> & "b"{% endhighlight %}',
    (
        "{% highlight c++ %}x{% endhighlight %}{% highlight objective-c %}y{% endhighlight %}"
        "{% highlight C# %}z{% endhighlight %}"
    ),
    "{% highlight html %}{{ page.mood }} {% raw %}{{ x }}{% endraw %}{% endhighlight %}",
    '{% highlight text linenos=table %}a{% endhighlight %}{% highlight text hl_lines="1 2" %}a{% endhighlight %}',
    "{%highlight text%}a{%endhighlight%}",
    (
        "{% if page.mood %}{% assign z = 1 %}{% endif %}{{ z }}{% for i in (1..2) %}{% assign w = i %}"
        "{% endfor %}{{ w }}{{ i }}"
    ),
    "{% assign a = 'x' %}{% capture a %}{{ a }}y{% endcapture %}{{ a }}",
    (
        "{% assign x = site.data.people | where: 'name', 'Al' | first %}{{ x.name }}{{ x['age'] }}"
        "{% if x.age == 9 %}n{% endif %}"
    ),
    (
        "{% assign total = 0 %}{% for p in site.data.people %}{% assign total = total | plus: p.age %}"
        "{% endfor %}{{ total }}"
    ),
    '{% if page.list.size > 2 and page.tags.size == 2 %}a{% endif %}{% if page.title contains "All" %}b{% endif %}',
    ("{% if page.url == '/x' or page.url contains '/2021/' %}a{% endif %}{% if site.baseurl == '/blog' %}b{% endif %}"),
    "{%\nif page.mood\n%}a{%\nendif\n%}",
    "{% if page.mood %}{% if page.num %}x{% endif %}{% else %}y{% endif %}z",
    "{% assign words = page.content | number_of_words %}{{ words }}",
    (
        "{% assign x = page.list | sort | reverse | first %}{{ x }}{{ page.list | sort | last }}"
        "{{ page.words | map: 'size' | join }}"
    ),
    "{% highlight bash %}x{% endhighlight bash %}a",
    "{% for i in (1..2) %}{{ i }}{% endfor i %}",
    "{% if true %}a{% else x %}b{% endif x %}",
    "{% raw %}{{ x }}{% endraw x %}",
    "{% comment %}x{% endcomment y %}z",
    "{% capture a %}x{% endcapture a %}{{ a }}",
    "{%if page.mood%}x{%endif%}",
    "{%   if   page.mood   ==   'fine'   %}x{%endif%}",
    "{% if page.mood=='fine' %}x{% endif %}",
    "{% if page.num>3 %}x{% endif %}",
    "{% assign x='a'|upcase %}{{x}}",
    (
        "{% for i in page.list %}{% if forloop.first %}[{% endif %}{{ i }}{% if forloop.last %}"
        "]{% else %},{% endif %}{% endfor %}"
    ),
    "{% for i in page.list %}\n* {{ i }}\n{% endfor %}",
    "{%- for i in page.list -%}\n* {{ i }}\n{%- endfor -%}",
    "{% for p in site.tags.a %}{{ p.title | size }}{% endfor %}",
    "{% for p in site.tags['b c'] limit:1 %}{{ p.title | size }}{% endfor %}",
    "{% for c in site.categories %}{{ c[0] }}:{{ c | last | size }}{% endfor %}",
    "{% for cat in site.categories.x limit:2 %}{{ cat.url | size }}{% endfor %}",
    "{% assign sorted = site.tags | sort %}{% for t in sorted %}{{ t[0] }}{% endfor %}",
    (
        "{% assign posts = site.posts | where_exp:'post','post.rank' | sort: 'rank' | reverse %}"
        "{% for p in posts %}{{ p.rank }}{% endfor %}"
    ),
    "{% assign posts = site.posts | sort: 'rank', 'last' %}{{ posts.first.rank }}",
    (
        "{% assign by = site.posts | group_by: 'rank' %}{{ by.size }}{% for g in by %}{{ g.name }}"
        "-{{ g.items.size }};{% endfor %}"
    ),
    (
        "{% assign by = site.posts | group_by_exp: 'p', \"p.date | date: '%Y'\" %}{% for g in by %}"
        "{{ g.name }}-{{ g.size }};{% endfor %}"
    ),
    "{% for y in site.data.map %}{% assign v = y[1] %}{{ y[0] }}{{ v.t }}{% endfor %}",
    "{% for y in site.data.people %}{{ y.name }}{{ y.langs | join: '/' }}{{ y.boss.name }} {% endfor %}",
    "{% assign a = site.data.people | map: 'name' | sort | join: ', ' %}{{ a }}",
    "{% assign p = site.data.people | where: 'name','Bob' %}{{ p[0].age }}{{ p.first.langs[1] }}{{ p | size }}",
    "{% assign p = site.data.people | where_exp: 'x', 'x.langs contains \"c\"' %}{{ p | map: 'name' | join }}",
    "{% assign x = page.nothing | default: 'd' %}{{ x }}",
    (
        "{% assign n = 'a,b,c' | split: ',' %}{% for i in n %}{{ i }}{% unless forloop.last %}"
        "-{% endunless %}{% endfor %}{{ n[1] }}{{ n | last }}"
    ),
    (
        "{% assign n = '1,2,3' | split: ',' %}{% assign t = 0 %}{% for i in n %}"
        "{% assign t = t | plus: i %}{% endfor %}{{ t }}"
    ),
    "{% assign i = 0 %}{% for x in (1..3) %}{% assign i = i | plus: x | times: 2 %}{% endfor %}{{ i }}",
    (
        "{% assign a = 5 %}{% assign b = 2 %}{{ a | divided_by: b }} {{ a | modulo: b }}"
        " {{ a | times: 1.0 | divided_by: b }} {{ a | divided_by: 2.0 | round }}"
        " {{ 7 | times: 0.1 | round: 2 }}"
    ),
    "{% include note.html kind=page.mood text=site.title %}",
    "{% include note.html\n  kind='multi'\n  text=\"lines\"\n%}",
    "{% include note.html text='<a href=\"/x\">y</a>' %}",
    "{% include note.html text=\"a 'q' b\" %}",
    '{% include sub/x.md a="" %}',
    "{%include plain.html%}",
    "{%- include plain.html -%}  x",
    "{% include plain.html  %}",
    "{% capture c %}{% include plain.html %}{% endcapture %}{{ c | upcase }}",
    "{% capture v %}a{{ page.num }}{% endcapture %}{% include note.html text=v %}",
    "{% assign t = 'x: ' | append: page.mood %}{% include note.html text=t %}",
    (
        "{{ page.empty_s | size }}{{ page.empty_s | default: 'e' }}{% if page.empty_s == '' %}"
        "x{% endif %}{% if page.empty_s != nil %}y{% endif %}"
    ),
    "{% if page.nothing and page.num %}a{% elsif page.num and page.mood %}b{% endif %}",
    "{% if page.list contains 1 and page.mood contains 'f' %}x{% endif %}",
    "{% unless page.nothing %}a{% endunless %}{% unless page.num == 5 or page.mood %}b{% endunless %}",
    "{% case page.num %}\n{% when 1, 2 %}a\n{% when 5 %}b\n{% endcase %}",
    "{% case page.tags.size %}{% when 2 %}two{% endcase %}",
    "{% assign s = page.tags | join: ' ' %}{% case s %}{% when 'a b c' %}y{% endcase %}",
    "{% cycle 'odd', 'even' %}{% cycle 'odd', 'even' %}{% cycle 'odd', 'even' %}",
    "{% for i in (1..4) %}{% cycle 'a': 'x', 'y' %}{% cycle 'b': 'x', 'y' %}{% endfor %}",
    "{% tablerow i in page.list %}{{ i }}{% endtablerow %}",
    "{% assign x = 'a\nb' | newline_to_br %}{{ x }}",
    (
        "{% for i in (1..page.list.size) %}{{ i }}{% endfor %}{% assign n = 3 %}{% for i in (1..n) %}"
        "{{ i }}{% endfor %}{% for i in (0..2) %}{{ page.list[i] }}{% endfor %}"
        "{% assign m = page.list.size | minus: 1 %}{% for i in (0..m) %}{{ i }}{% endfor %}"
    ),
    (
        "{% assign d1 = page.date | date: '%s' %}{% assign d2 = '2020-01-01' | date: '%s' %}"
        "{{ d1 | minus: d2 | divided_by: 86400 }}"
    ),
    "{% if d1 > 5 %}a{% endif %}",
    ("{% assign x = page.title | split: ' ' %}{{ x[0] }}{{ x | size }}{% assign y = x | shift | join %}{{ y | size }}"),
    (
        "{% assign arr = '' | split: '' %}{% assign arr = arr | push: 'a' | push: 'b' %}"
        "{{ arr | join: ',' }}{% assign arr = arr | unshift: 'z' %}{{ arr | first }}"
    ),
    "{% assign e = '' | split: ',' %}{{ e.size }}{% for i in e %}x{% else %}none{% endfor %}",
    (
        "{% if site.paginate %}p{% else %}n{% endif %}{% if paginator %}p{% else %}n{% endif %}"
        "{{ paginator.total_pages }}"
    ),
    (
        "{% if site.data.nothing %}a{% else %}b{% endif %}{{ site.data.nothing.more }}"
        "{% for x in site.data.nothing %}x{% endfor %}"
    ),
    "{% for post in site.related_posts limit:2 %}x{% endfor %}",
    "{% if page.next %}n{% endif %}{% if page.previous %}p{% endif %}",
    "{% assign nxt = page.next %}{{ nxt.tags | join: '' | size | at_most: 0 }}",
    '{% for tag in page.tags %}<a href="{{ site.baseurl }}/tags/{{ tag | slugify }}">{{ tag }}</a>{% endfor %}',
    "{{ page.categories | first | capitalize }}{% for c in page.categories %}{{ c }}{% endfor %}",
    (
        '<a href="{{ \'/x/\' | relative_url }}">{{ "/y" | prepend: site.baseurl }}</a>{{ site.url }}'
        "{{ site.baseurl }}{{ page.url }}"
    ),
    "![x]({{ site.baseurl }}/a.png)",
    "[x]({{ '/a b' | absolute_url }})",
    "{{ site.data.types | jsonify }}{% for pair in site.data.types %}{{ pair[0] }}={{ pair[1] }};{% endfor %}",
    "{% for t in site.tags %}{{ t | first }},{% endfor %}",
)
