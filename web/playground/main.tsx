document.getElementById("explorer");
