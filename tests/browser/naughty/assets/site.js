alert("assets/site.js")
