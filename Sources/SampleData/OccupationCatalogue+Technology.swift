extension OccupationCatalogue {
    static let technology: [CatalogueOccupation] = [
        CatalogueOccupation(
            "4-12-01-01", "汽车维修工", .transport,
            majors: ["500211 汽车检测与维修技术", "500212 新能源汽车检测与维修技术", "460702 新能源汽车技术"],
            specialisations: ["汽车机械维修工", "汽车电器维修工", "汽车车身涂装修复工"]),
        CatalogueOccupation(
            "6-22-02-01", "汽车装调工", .transport,
            majors: ["460701 汽车制造与试验技术", "460703 汽车电子技术", "460704 智能网联汽车技术"]),
        CatalogueOccupation(
            "4-02-06-03", "物流服务师", .transport,
            majors: ["530802 现代物流管理", "530809 供应链运营", "530805 冷链物流技术与管理"], specialisations: ["冷链物流员"]),
        CatalogueOccupation(
            "6-30-05-01", "起重装卸机械操作工", .transport,
            majors: ["500305 港口机械与智能控制", "500306 港口与航运管理", "500203 道路机械化施工技术"],
            specialisations: ["桥式起重机司机", "叉车司机"]),
        CatalogueOccupation(
            "6-30-02-03", "船舶机舱设备操作工", .transport,
            majors: ["500303 轮机工程技术", "500301 航海技术", "500309 船舶电子电气技术"]),
        CatalogueOccupation(
            "4-04-04-01", "信息通信网络运行管理员", .computing,
            majors: ["510202 计算机网络技术", "510301 现代通信技术", "510206 云计算技术应用"]),
        CatalogueOccupation(
            "4-04-04-02", "网络与信息安全管理员", .computing,
            majors: ["510207 信息安全技术应用", "510201 计算机应用技术", "580205 大数据技术与应用"],
            specialisations: ["网络安全管理员", "信息安全管理员"]),
        CatalogueOccupation(
            "4-04-05-01", "计算机程序设计员", .computing,
            majors: ["510203 软件技术", "510204 数字媒体技术", "510205 大数据技术"]),
        CatalogueOccupation(
            "4-04-05-05", "人工智能训练师", .computing,
            majors: ["510209 人工智能技术应用", "510216 虚拟现实技术应用", "510213 工业软件开发技术"],
            specialisations: ["数据标注员", "人工智能算法测试员"]),
        CatalogueOccupation(
            "6-25-04-09", "物联网安装调试员", .computing,
            majors: ["510102 物联网应用技术", "510101 电子信息工程技术", "510103 应用电子技术"]),
    ]
}
