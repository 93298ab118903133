self.onfetch = () => alert("assets/sw.mjs")
